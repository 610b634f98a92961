using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BlueTechWave.Core.Data.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            // Four zero digits before each part of an IPv6 address, and as many parts of zeros as “::” stands for.
            migrationBuilder.Sql("""
                UPDATE "Comments" SET "AddressKey" = (
                    SELECT group_concat(substr('0000' || value, -4), '')
                    FROM json_each('["' || replace(trim(replace("Address", '::', ':' || substr('0:0:0:0:0:0:0:0:', 1, 2 * (8
                        - (length("Address") - length(replace("Address", ':', ''))) + ("Address" LIKE '::%') + ("Address" LIKE '%::')))), ':'), ':', '","') || '"]'))
                WHERE "Address" LIKE '%:%' AND "Address" NOT GLOB '*[^0-9a-f:]*';
                """);

            migrationBuilder.Sql("""
                UPDATE "Comments" SET "AddressKey" = '00000000000000000000ffff' || (
                    SELECT group_concat(printf('%02x', value), '') FROM json_each('[' || replace("Address", '.', ',') || ']'))
                WHERE "Address" LIKE '%.%' AND "Address" NOT GLOB '*[^0-9.]*';
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
