using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace BlueTechWave.Core.Data.Migrations.Postgres
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
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Together = table.Column<Guid>(type: "uuid", nullable: false),
                    Likeness = table.Column<long>(type: "bigint", nullable: false),
                    Queue = table.Column<int>(type: "integer", nullable: false),
                    To = table.Column<int>(type: "integer", nullable: false),
                    Because = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    UpTo = table.Column<int>(type: "integer", nullable: false),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    AccountId = table.Column<int>(type: "integer", nullable: true),
                    By = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Reached = table.Column<int>(type: "integer", nullable: false),
                    Done = table.Column<int>(type: "integer", nullable: false),
                    Undone = table.Column<int>(type: "integer", nullable: false),
                    UndoAskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UndoneByAccountId = table.Column<int>(type: "integer", nullable: true),
                    UndoneBy = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
