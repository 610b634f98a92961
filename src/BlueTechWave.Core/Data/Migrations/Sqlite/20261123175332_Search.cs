using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BlueTechWave.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "EmptySearches",
                columns: table => new
                {
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EmptySearches", x => new { x.Day, x.Words });
                });

            migrationBuilder.Sql(BlueTechWave.Core.Search.SqliteArticleSearch.CreateIndex);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(BlueTechWave.Core.Search.SqliteArticleSearch.DropIndex);

            migrationBuilder.DropTable(
                name: "EmptySearches");
        }
    }
}
