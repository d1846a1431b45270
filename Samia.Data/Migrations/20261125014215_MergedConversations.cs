using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Samia.Data.Migrations
{
    /// <inheritdoc />
    public partial class MergedConversations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "merged_conversations",
                columns: table => new
                {
                    business_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    into_conversation_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merged_conversations", x => new { x.business_id, x.id });
                    table.ForeignKey(
                        name: "fk_merged_conversations_conversations_business_id_into_convers",
                        columns: x => new { x.business_id, x.into_conversation_id },
                        principalTable: "conversations",
                        principalColumns: new[] { "business_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_merged_conversations_business_id_into_conversation_id",
                table: "merged_conversations",
                columns: new[] { "business_id", "into_conversation_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "merged_conversations");
        }
    }
}
