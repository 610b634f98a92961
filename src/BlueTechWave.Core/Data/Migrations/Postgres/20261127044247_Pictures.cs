using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace BlueTechWave.Core.Data.Migrations.Postgres
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
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Picture_Blur",
                table: "Articles",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Picture_Decorative",
                table: "Articles",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Picture_PictureId",
                table: "Articles",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PictureLeftovers",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PictureId = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PictureLeftovers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Pictures",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Alt = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    IsDecorative = table.Column<bool>(type: "boolean", nullable: false),
                    Caption = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Credit = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Source = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    Words = table.Column<string>(type: "text", nullable: false),
                    RightsUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EmbargoedUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    IsHeld = table.Column<bool>(type: "boolean", nullable: false),
                    TrashedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AddedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AddedById = table.Column<int>(type: "integer", nullable: true),
                    FocusX = table.Column<int>(type: "integer", nullable: false),
                    FocusY = table.Column<int>(type: "integer", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Width = table.Column<int>(type: "integer", nullable: false),
                    Height = table.Column<int>(type: "integer", nullable: false),
                    Length = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Across = table.Column<long>(type: "bigint", nullable: false),
                    Down = table.Column<long>(type: "bigint", nullable: false),
                    Blur = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Key = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    Printed = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    Failure = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    IsShown = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    PictureId = table.Column<int>(type: "integer", nullable: false),
                    Place = table.Column<int>(type: "integer", nullable: false),
                    PlaceId = table.Column<int>(type: "integer", nullable: false)
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
