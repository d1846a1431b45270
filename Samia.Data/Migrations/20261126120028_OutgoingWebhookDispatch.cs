using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Samia.Data.Migrations
{
    /// <inheritdoc />
    public partial class OutgoingWebhookDispatch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_outgoing_webhook_deliveries_undelivered",
                table: "outgoing_webhook_deliveries",
                columns: new[] { "business_id", "outgoing_webhook_id", "id" },
                descending: new[] { false, false, true },
                filter: "state <> 'delivered'");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_business_id_id",
                table: "outbox",
                columns: new[] { "business_id", "id" },
                filter: "kind in ('send_message', 'mark_read')");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_business_id_lane_due_at",
                table: "outbox",
                columns: new[] { "business_id", "lane", "due_at" },
                filter: "kind = 'call_webhook'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outgoing_webhook_deliveries_undelivered",
                table: "outgoing_webhook_deliveries");

            migrationBuilder.DropIndex(
                name: "ix_outbox_business_id_id",
                table: "outbox");

            migrationBuilder.DropIndex(
                name: "ix_outbox_business_id_lane_due_at",
                table: "outbox");
        }
    }
}
