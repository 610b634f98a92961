using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BlueTechWave.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class StaffAnswers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsStaff",
                table: "Comments",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.Sql("""UPDATE "Comments" SET "IsStaff" = TRUE WHERE "AuthorId" IS NOT NULL""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IsStaff",
                table: "Comments");
        }
    }
}
