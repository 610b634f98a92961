using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace BlueTechWave.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Comments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Stop",
                table: "OutgoingMails",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Address",
                table: "Comments",
                type: "character varying(45)",
                maxLength: 45,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Because",
                table: "Comments",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "EditedAt",
                table: "Comments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "EditedByEditorAt",
                table: "Comments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Likeness",
                table: "Comments",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "OpenReports",
                table: "Comments",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<double>(
                name: "SpamScore",
                table: "Comments",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TextHash",
                table: "Comments",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Thread",
                table: "Comments",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Version",
                table: "Comments",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "CommentDigest",
                table: "Accounts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "DigestAt",
                table: "Accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ArticleDiscussions",
                columns: table => new
                {
                    ArticleId = table.Column<int>(type: "integer", nullable: false),
                    Policy = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ArticleDiscussions", x => x.ArticleId);
                    table.ForeignKey(
                        name: "FK_ArticleDiscussions_Articles_ArticleId",
                        column: x => x.ArticleId,
                        principalTable: "Articles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Bans",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Value = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    From = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    To = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    EmailHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AccountId = table.Column<int>(type: "integer", nullable: true),
                    By = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bans", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CommentDecisions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CommentId = table.Column<int>(type: "integer", nullable: false),
                    From = table.Column<int>(type: "integer", nullable: false),
                    To = table.Column<int>(type: "integer", nullable: false),
                    AccountId = table.Column<int>(type: "integer", nullable: true),
                    By = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Because = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Score = table.Column<double>(type: "double precision", nullable: true),
                    Together = table.Column<Guid>(type: "uuid", nullable: true),
                    BecauseBefore = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    DecidedBefore = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ReportsBefore = table.Column<int>(type: "integer", nullable: false),
                    UndoneAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UndoneBy = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CommentDecisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CommentDecisions_Comments_CommentId",
                        column: x => x.CommentId,
                        principalTable: "Comments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CommentReports",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CommentId = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<int>(type: "integer", nullable: false),
                    Detail = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    Address = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CommentReports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CommentReports_Comments_CommentId",
                        column: x => x.CommentId,
                        principalTable: "Comments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CommentRules",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Pattern = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Outcome = table.Column<int>(type: "integer", nullable: false),
                    IsOn = table.Column<bool>(type: "boolean", nullable: false),
                    By = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CommentRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CommentSettings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Policy = table.Column<int>(type: "integer", nullable: false),
                    ClosesAfterDays = table.Column<int>(type: "integer", nullable: false),
                    EditMinutes = table.Column<int>(type: "integer", nullable: false),
                    Depth = table.Column<int>(type: "integer", nullable: false),
                    ScorerIsOn = table.Column<bool>(type: "boolean", nullable: false),
                    HoldAt = table.Column<int>(type: "integer", nullable: false),
                    SpamAt = table.Column<int>(type: "integer", nullable: false),
                    StampKey = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CommentSettings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Followers",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ArticleId = table.Column<int>(type: "integer", nullable: false),
                    Email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ConfirmedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ToldUpTo = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Followers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Followers_Articles_ArticleId",
                        column: x => x.ArticleId,
                        principalTable: "Articles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SpamTrainings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Model = table.Column<byte[]>(type: "bytea", nullable: false),
                    Decisions = table.Column<int>(type: "integer", nullable: false),
                    UpTo = table.Column<int>(type: "integer", nullable: false),
                    WronglyHeld = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpamTrainings", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Comments_Address_Id",
                table: "Comments",
                columns: new[] { "Address", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Comments_ArticleId_State_Thread_Id",
                table: "Comments",
                columns: new[] { "ArticleId", "State", "Thread", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Comments_Email_Id",
                table: "Comments",
                columns: new[] { "Email", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Comments_Reported",
                table: "Comments",
                column: "Id",
                filter: "\"OpenReports\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_State_Likeness",
                table: "Comments",
                columns: new[] { "State", "Likeness" });

            migrationBuilder.CreateIndex(
                name: "IX_Comments_State_SpamScore",
                table: "Comments",
                columns: new[] { "State", "SpamScore" });

            migrationBuilder.CreateIndex(
                name: "IX_Comments_TextHash",
                table: "Comments",
                column: "TextHash");

            migrationBuilder.CreateIndex(
                name: "IX_Bans_EmailHash",
                table: "Bans",
                column: "EmailHash");

            migrationBuilder.CreateIndex(
                name: "IX_Bans_From_To",
                table: "Bans",
                columns: new[] { "From", "To" });

            migrationBuilder.CreateIndex(
                name: "IX_CommentDecisions_AccountId_Id",
                table: "CommentDecisions",
                columns: new[] { "AccountId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CommentDecisions_At",
                table: "CommentDecisions",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_CommentDecisions_CommentId_Id",
                table: "CommentDecisions",
                columns: new[] { "CommentId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CommentDecisions_Together",
                table: "CommentDecisions",
                column: "Together",
                filter: "\"Together\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CommentReports_CommentId_Address",
                table: "CommentReports",
                columns: new[] { "CommentId", "Address" });

            migrationBuilder.CreateIndex(
                name: "IX_CommentRules_Kind_Pattern",
                table: "CommentRules",
                columns: new[] { "Kind", "Pattern" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Followers_ArticleId_Email",
                table: "Followers",
                columns: new[] { "ArticleId", "Email" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Followers_Email",
                table: "Followers",
                column: "Email");

            migrationBuilder.CreateIndex(
                name: "IX_SpamTrainings_At",
                table: "SpamTrainings",
                column: "At");

            // What was said before there were threads keeps its order among itself, and comes before what is said now.
            migrationBuilder.Sql("""
                UPDATE "Comments" SET "Email" = lower("Email");
                UPDATE "ContactMessages" SET "Email" = lower("Email");
                WITH RECURSIVE line("Id", "Thread") AS (
                  SELECT "Id", lpad("Id"::text, 10, '0') FROM "Comments" WHERE "ParentId" IS NULL
                  UNION ALL
                  SELECT c."Id", substr(line."Thread", 1, c."Depth" * 10) || lpad(c."Id"::text, 10, '0') FROM "Comments" c JOIN line ON c."ParentId" = line."Id")
                UPDATE "Comments" SET "Thread" = line."Thread" FROM line WHERE line."Id" = "Comments"."Id";
                """);

            // The key that comment forms are sealed with belongs to this store alone.
            migrationBuilder.Sql("""
                INSERT INTO "CommentSettings" ("Id", "Policy", "ClosesAfterDays", "EditMinutes", "Depth", "ScorerIsOn", "HoldAt", "SpamAt", "StampKey")
                VALUES (1, 1, 0, 15, 3, TRUE, 50, 98, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ArticleDiscussions");

            migrationBuilder.DropTable(
                name: "Bans");

            migrationBuilder.DropTable(
                name: "CommentDecisions");

            migrationBuilder.DropTable(
                name: "CommentReports");

            migrationBuilder.DropTable(
                name: "CommentRules");

            migrationBuilder.DropTable(
                name: "CommentSettings");

            migrationBuilder.DropTable(
                name: "Followers");

            migrationBuilder.DropTable(
                name: "SpamTrainings");

            migrationBuilder.DropIndex(
                name: "IX_Comments_Address_Id",
                table: "Comments");

            migrationBuilder.DropIndex(
                name: "IX_Comments_ArticleId_State_Thread_Id",
                table: "Comments");

            migrationBuilder.DropIndex(
                name: "IX_Comments_Email_Id",
                table: "Comments");

            migrationBuilder.DropIndex(
                name: "IX_Comments_Reported",
                table: "Comments");

            migrationBuilder.DropIndex(
                name: "IX_Comments_State_Likeness",
                table: "Comments");

            migrationBuilder.DropIndex(
                name: "IX_Comments_State_SpamScore",
                table: "Comments");

            migrationBuilder.DropIndex(
                name: "IX_Comments_TextHash",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "Stop",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "Address",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "Because",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "EditedAt",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "EditedByEditorAt",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "Likeness",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "OpenReports",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "SpamScore",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "TextHash",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "Thread",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "CommentDigest",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "DigestAt",
                table: "Accounts");
        }
    }
}
