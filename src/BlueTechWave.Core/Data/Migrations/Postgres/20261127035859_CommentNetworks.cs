using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BlueTechWave.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CommentNetworks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Comments_Address_Id",
                table: "Comments");

            migrationBuilder.AddColumn<string>(
                name: "AddressKey",
                table: "Comments",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            // What is sent of an address: four bytes about it, then it.
            migrationBuilder.Sql("""
                UPDATE "Comments" SET "AddressKey" =
                    CASE family("Address"::inet) WHEN 4 THEN '00000000000000000000ffff' ELSE '' END || encode(substring(inet_send("Address"::inet) FROM 5), 'hex')
                WHERE "Address" ~ '^[0-9a-f:.]+$';
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Comments_State_AddressKey",
                table: "Comments",
                columns: new[] { "State", "AddressKey" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Comments_State_AddressKey",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "AddressKey",
                table: "Comments");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_Address_Id",
                table: "Comments",
                columns: new[] { "Address", "Id" });
        }
    }
}
