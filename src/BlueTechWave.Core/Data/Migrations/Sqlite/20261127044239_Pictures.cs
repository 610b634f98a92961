using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BlueTechWave.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Pictures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "PictureId",
                table: "Authors",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Picture_Blur",
                table: "Articles",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Picture_Decorative",
                table: "Articles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Picture_PictureId",
                table: "Articles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PictureLeftovers",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PictureId = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Until = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PictureLeftovers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Pictures",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Alt = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    IsDecorative = table.Column<bool>(type: "INTEGER", nullable: false),
                    Caption = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Credit = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Words = table.Column<string>(type: "TEXT", nullable: false),
                    RightsUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    EmbargoedUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    IsHeld = table.Column<bool>(type: "INTEGER", nullable: false),
                    TrashedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AddedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AddedById = table.Column<int>(type: "INTEGER", nullable: true),
                    FocusX = table.Column<int>(type: "INTEGER", nullable: false),
                    FocusY = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Width = table.Column<int>(type: "INTEGER", nullable: false),
                    Height = table.Column<int>(type: "INTEGER", nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Across = table.Column<long>(type: "INTEGER", nullable: false),
                    Down = table.Column<long>(type: "INTEGER", nullable: false),
                    Blur = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Printed = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    Failure = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    IsShown = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pictures", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Pictures_Accounts_AddedById",
                        column: x => x.AddedById,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "PictureUses",
                columns: table => new
                {
                    PictureId = table.Column<int>(type: "INTEGER", nullable: false),
                    Place = table.Column<int>(type: "INTEGER", nullable: false),
                    PlaceId = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PictureUses", x => new { x.PictureId, x.Place, x.PlaceId });
                    table.ForeignKey(
                        name: "FK_PictureUses_Pictures_PictureId",
                        column: x => x.PictureId,
                        principalTable: "Pictures",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Authors_PictureId",
                table: "Authors",
                column: "PictureId",
                filter: "\"PictureId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Articles_Picture_PictureId",
                table: "Articles",
                column: "Picture_PictureId",
                filter: "\"Picture_PictureId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PictureLeftovers_Key",
                table: "PictureLeftovers",
                column: "Key");

            migrationBuilder.CreateIndex(
                name: "IX_PictureLeftovers_Until",
                table: "PictureLeftovers",
                column: "Until");

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_AddedAt_Id",
                table: "Pictures",
                columns: new[] { "AddedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_AddedById",
                table: "Pictures",
                column: "AddedById");

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_EmbargoedUntil",
                table: "Pictures",
                column: "EmbargoedUntil",
                filter: "\"EmbargoedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_Hash",
                table: "Pictures",
                column: "Hash");

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_Key",
                table: "Pictures",
                column: "Key");

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_NotPrinted",
                table: "Pictures",
                column: "Id",
                filter: "\"Printed\" <> \"Key\"");

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_RightsUntil",
                table: "Pictures",
                column: "RightsUntil",
                filter: "\"RightsUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_TrashedAt",
                table: "Pictures",
                column: "TrashedAt",
                filter: "\"TrashedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PictureUses_Place_PlaceId",
                table: "PictureUses",
                columns: new[] { "Place", "PlaceId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PictureLeftovers");

            migrationBuilder.DropTable(
                name: "PictureUses");

            migrationBuilder.DropTable(
                name: "Pictures");

            migrationBuilder.DropIndex(
                name: "IX_Authors_PictureId",
                table: "Authors");

            migrationBuilder.DropIndex(
                name: "IX_Articles_Picture_PictureId",
                table: "Articles");

            migrationBuilder.DropColumn(
                name: "PictureId",
                table: "Authors");

            migrationBuilder.DropColumn(
                name: "Picture_Blur",
                table: "Articles");

            migrationBuilder.DropColumn(
                name: "Picture_Decorative",
                table: "Articles");

            migrationBuilder.DropColumn(
                name: "Picture_PictureId",
                table: "Articles");
        }
    }
}
