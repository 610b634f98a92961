using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BlueTechWave.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SitemapDates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Articles_UpdatedAt_PublishedAt",
                table: "Articles",
                columns: new[] { "UpdatedAt", "PublishedAt" },
                filter: "\"UpdatedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Articles_WithdrawnAt_PublishedAt",
                table: "Articles",
                columns: new[] { "WithdrawnAt", "PublishedAt" },
                filter: "\"WithdrawnAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Articles_UpdatedAt_PublishedAt",
                table: "Articles");

            migrationBuilder.DropIndex(
                name: "IX_Articles_WithdrawnAt_PublishedAt",
                table: "Articles");
        }
    }
}
