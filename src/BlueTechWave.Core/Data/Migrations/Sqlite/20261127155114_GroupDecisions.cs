using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BlueTechWave.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class GroupDecisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "GroupDecisions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Together = table.Column<Guid>(type: "TEXT", nullable: false),
                    Likeness = table.Column<long>(type: "INTEGER", nullable: false),
                    Queue = table.Column<int>(type: "INTEGER", nullable: false),
                    To = table.Column<int>(type: "INTEGER", nullable: false),
                    Because = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    UpTo = table.Column<int>(type: "INTEGER", nullable: false),
                    Total = table.Column<int>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<int>(type: "INTEGER", nullable: true),
                    By = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Reached = table.Column<int>(type: "INTEGER", nullable: false),
                    Done = table.Column<int>(type: "INTEGER", nullable: false),
                    Undone = table.Column<int>(type: "INTEGER", nullable: false),
                    UndoAskedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    UndoneByAccountId = table.Column<int>(type: "INTEGER", nullable: true),
                    UndoneBy = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupDecisions", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_GroupDecisions_EndedAt",
                table: "GroupDecisions",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_GroupDecisions_Together",
                table: "GroupDecisions",
                column: "Together",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "GroupDecisions");
        }
    }
}
