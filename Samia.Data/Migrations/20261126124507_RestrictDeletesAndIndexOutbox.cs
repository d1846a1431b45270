using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Samia.Data.Migrations
{
    /// <inheritdoc />
    public partial class RestrictDeletesAndIndexOutbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_activity_chains_businesses_business_id",
                table: "activity_chains");

            migrationBuilder.DropForeignKey(
                name: "fk_activity_logs_businesses_business_id",
                table: "activity_logs");

            migrationBuilder.DropForeignKey(
                name: "fk_admin_notifications_businesses_business_id",
                table: "admin_notifications");

            migrationBuilder.DropForeignKey(
                name: "fk_analytics_events_businesses_business_id",
                table: "analytics_events");

            migrationBuilder.DropForeignKey(
                name: "fk_analytics_rollups_businesses_business_id",
                table: "analytics_rollups");

            migrationBuilder.DropForeignKey(
                name: "fk_api_tokens_businesses_business_id",
                table: "api_tokens");

            migrationBuilder.DropForeignKey(
                name: "fk_bookings_customers_business_id_customer_id",
                table: "bookings");

            migrationBuilder.DropForeignKey(
                name: "fk_bookings_services_business_id_service_id",
                table: "bookings");

            migrationBuilder.DropForeignKey(
                name: "fk_business_days_businesses_business_id",
                table: "business_days");

            migrationBuilder.DropForeignKey(
                name: "fk_businesses_plans_plan_id",
                table: "businesses");

            migrationBuilder.DropForeignKey(
                name: "fk_canned_responses_businesses_business_id",
                table: "canned_responses");

            migrationBuilder.DropForeignKey(
                name: "fk_conversation_assignments_conversations_business_id_conversa",
                table: "conversation_assignments");

            migrationBuilder.DropForeignKey(
                name: "fk_conversation_drafts_conversations_business_id_conversation_",
                table: "conversation_drafts");

            migrationBuilder.DropForeignKey(
                name: "fk_conversation_drafts_employees_business_id_employee_id",
                table: "conversation_drafts");

            migrationBuilder.DropForeignKey(
                name: "fk_conversation_labels_conversations_business_id_conversation_",
                table: "conversation_labels");

            migrationBuilder.DropForeignKey(
                name: "fk_conversations_customers_business_id_customer_id",
                table: "conversations");

            migrationBuilder.DropForeignKey(
                name: "fk_customers_businesses_business_id",
                table: "customers");

            migrationBuilder.DropForeignKey(
                name: "fk_employee_avatars_employees_business_id_employee_id",
                table: "employee_avatars");

            migrationBuilder.DropForeignKey(
                name: "fk_employees_businesses_business_id",
                table: "employees");

            migrationBuilder.DropForeignKey(
                name: "fk_employees_users_user_id",
                table: "employees");

            migrationBuilder.DropForeignKey(
                name: "fk_held_events_businesses_business_id",
                table: "held_events");

            migrationBuilder.DropForeignKey(
                name: "fk_idempotent_requests_api_tokens_business_id_api_token_id",
                table: "idempotent_requests");

            migrationBuilder.DropForeignKey(
                name: "fk_internal_notes_conversations_business_id_conversation_id",
                table: "internal_notes");

            migrationBuilder.DropForeignKey(
                name: "fk_invitations_businesses_business_id",
                table: "invitations");

            migrationBuilder.DropForeignKey(
                name: "fk_labels_businesses_business_id",
                table: "labels");

            migrationBuilder.DropForeignKey(
                name: "fk_legacy_imports_businesses_business_id",
                table: "legacy_imports");

            migrationBuilder.DropForeignKey(
                name: "fk_media_files_businesses_business_id",
                table: "media_files");

            migrationBuilder.DropForeignKey(
                name: "fk_merged_conversations_conversations_business_id_into_convers",
                table: "merged_conversations");

            migrationBuilder.DropForeignKey(
                name: "fk_message_templates_businesses_business_id",
                table: "message_templates");

            migrationBuilder.DropForeignKey(
                name: "fk_messages_conversations_business_id_conversation_id",
                table: "messages");

            migrationBuilder.DropForeignKey(
                name: "fk_notifications_employees_business_id_employee_id",
                table: "notifications");

            migrationBuilder.DropForeignKey(
                name: "fk_open_circuits_employees_business_id_employee_id",
                table: "open_circuits");

            migrationBuilder.DropForeignKey(
                name: "fk_outgoing_webhooks_businesses_business_id",
                table: "outgoing_webhooks");

            migrationBuilder.DropForeignKey(
                name: "fk_platform_employees_users_user_id",
                table: "platform_employees");

            migrationBuilder.DropForeignKey(
                name: "fk_prompt_templates_businesses_business_id",
                table: "prompt_templates");

            migrationBuilder.DropForeignKey(
                name: "fk_prompt_versions_prompt_templates_business_id_prompt_templat",
                table: "prompt_versions");

            migrationBuilder.DropForeignKey(
                name: "fk_push_subscriptions_employees_business_id_employee_id",
                table: "push_subscriptions");

            migrationBuilder.DropForeignKey(
                name: "fk_roles_businesses_business_id",
                table: "roles");

            migrationBuilder.DropForeignKey(
                name: "fk_saved_views_businesses_business_id",
                table: "saved_views");

            migrationBuilder.DropForeignKey(
                name: "fk_service_employees_employees_business_id_employee_id",
                table: "service_employees");

            migrationBuilder.DropForeignKey(
                name: "fk_services_businesses_business_id",
                table: "services");

            migrationBuilder.DropForeignKey(
                name: "fk_support_visits_businesses_business_id",
                table: "support_visits");

            migrationBuilder.DropForeignKey(
                name: "fk_team_members_employees_business_id_employee_id",
                table: "team_members");

            migrationBuilder.DropForeignKey(
                name: "fk_teams_businesses_business_id",
                table: "teams");

            migrationBuilder.DropForeignKey(
                name: "fk_usage_counters_businesses_business_id",
                table: "usage_counters");

            migrationBuilder.DropForeignKey(
                name: "fk_voice_messages_media_files_business_id_media_file_id",
                table: "voice_messages");

            migrationBuilder.DropForeignKey(
                name: "fk_voice_messages_messages_business_id_message_id",
                table: "voice_messages");

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

            migrationBuilder.AddForeignKey(
                name: "fk_activity_chains_businesses_business_id",
                table: "activity_chains",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_activity_logs_businesses_business_id",
                table: "activity_logs",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_admin_notifications_businesses_business_id",
                table: "admin_notifications",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_analytics_events_businesses_business_id",
                table: "analytics_events",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_analytics_rollups_businesses_business_id",
                table: "analytics_rollups",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_api_tokens_businesses_business_id",
                table: "api_tokens",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_bookings_customers_business_id_customer_id",
                table: "bookings",
                columns: new[] { "business_id", "customer_id" },
                principalTable: "customers",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_bookings_services_business_id_service_id",
                table: "bookings",
                columns: new[] { "business_id", "service_id" },
                principalTable: "services",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_business_days_businesses_business_id",
                table: "business_days",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_businesses_plans_plan_id",
                table: "businesses",
                column: "plan_id",
                principalTable: "plans",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_canned_responses_businesses_business_id",
                table: "canned_responses",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_conversation_assignments_conversations_business_id_conversa",
                table: "conversation_assignments",
                columns: new[] { "business_id", "conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_conversation_drafts_conversations_business_id_conversation_",
                table: "conversation_drafts",
                columns: new[] { "business_id", "conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_conversation_drafts_employees_business_id_employee_id",
                table: "conversation_drafts",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_conversation_labels_conversations_business_id_conversation_",
                table: "conversation_labels",
                columns: new[] { "business_id", "conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_conversations_customers_business_id_customer_id",
                table: "conversations",
                columns: new[] { "business_id", "customer_id" },
                principalTable: "customers",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_customers_businesses_business_id",
                table: "customers",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_employee_avatars_employees_business_id_employee_id",
                table: "employee_avatars",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_employees_businesses_business_id",
                table: "employees",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_employees_users_user_id",
                table: "employees",
                column: "user_id",
                principalTable: "users",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_held_events_businesses_business_id",
                table: "held_events",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_idempotent_requests_api_tokens_business_id_api_token_id",
                table: "idempotent_requests",
                columns: new[] { "business_id", "api_token_id" },
                principalTable: "api_tokens",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_internal_notes_conversations_business_id_conversation_id",
                table: "internal_notes",
                columns: new[] { "business_id", "conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_invitations_businesses_business_id",
                table: "invitations",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_labels_businesses_business_id",
                table: "labels",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_legacy_imports_businesses_business_id",
                table: "legacy_imports",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_media_files_businesses_business_id",
                table: "media_files",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_merged_conversations_conversations_business_id_into_convers",
                table: "merged_conversations",
                columns: new[] { "business_id", "into_conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_message_templates_businesses_business_id",
                table: "message_templates",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_messages_conversations_business_id_conversation_id",
                table: "messages",
                columns: new[] { "business_id", "conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_notifications_employees_business_id_employee_id",
                table: "notifications",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_open_circuits_employees_business_id_employee_id",
                table: "open_circuits",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_outgoing_webhooks_businesses_business_id",
                table: "outgoing_webhooks",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_platform_employees_users_user_id",
                table: "platform_employees",
                column: "user_id",
                principalTable: "users",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_prompt_templates_businesses_business_id",
                table: "prompt_templates",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_prompt_versions_prompt_templates_business_id_prompt_templat",
                table: "prompt_versions",
                columns: new[] { "business_id", "prompt_template_id" },
                principalTable: "prompt_templates",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_push_subscriptions_employees_business_id_employee_id",
                table: "push_subscriptions",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_roles_businesses_business_id",
                table: "roles",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_saved_views_businesses_business_id",
                table: "saved_views",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_service_employees_employees_business_id_employee_id",
                table: "service_employees",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_services_businesses_business_id",
                table: "services",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_support_visits_businesses_business_id",
                table: "support_visits",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_team_members_employees_business_id_employee_id",
                table: "team_members",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_teams_businesses_business_id",
                table: "teams",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_usage_counters_businesses_business_id",
                table: "usage_counters",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_voice_messages_media_files_business_id_media_file_id",
                table: "voice_messages",
                columns: new[] { "business_id", "media_file_id" },
                principalTable: "media_files",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_voice_messages_messages_business_id_message_id",
                table: "voice_messages",
                columns: new[] { "business_id", "message_id" },
                principalTable: "messages",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_activity_chains_businesses_business_id",
                table: "activity_chains");

            migrationBuilder.DropForeignKey(
                name: "fk_activity_logs_businesses_business_id",
                table: "activity_logs");

            migrationBuilder.DropForeignKey(
                name: "fk_admin_notifications_businesses_business_id",
                table: "admin_notifications");

            migrationBuilder.DropForeignKey(
                name: "fk_analytics_events_businesses_business_id",
                table: "analytics_events");

            migrationBuilder.DropForeignKey(
                name: "fk_analytics_rollups_businesses_business_id",
                table: "analytics_rollups");

            migrationBuilder.DropForeignKey(
                name: "fk_api_tokens_businesses_business_id",
                table: "api_tokens");

            migrationBuilder.DropForeignKey(
                name: "fk_bookings_customers_business_id_customer_id",
                table: "bookings");

            migrationBuilder.DropForeignKey(
                name: "fk_bookings_services_business_id_service_id",
                table: "bookings");

            migrationBuilder.DropForeignKey(
                name: "fk_business_days_businesses_business_id",
                table: "business_days");

            migrationBuilder.DropForeignKey(
                name: "fk_businesses_plans_plan_id",
                table: "businesses");

            migrationBuilder.DropForeignKey(
                name: "fk_canned_responses_businesses_business_id",
                table: "canned_responses");

            migrationBuilder.DropForeignKey(
                name: "fk_conversation_assignments_conversations_business_id_conversa",
                table: "conversation_assignments");

            migrationBuilder.DropForeignKey(
                name: "fk_conversation_drafts_conversations_business_id_conversation_",
                table: "conversation_drafts");

            migrationBuilder.DropForeignKey(
                name: "fk_conversation_drafts_employees_business_id_employee_id",
                table: "conversation_drafts");

            migrationBuilder.DropForeignKey(
                name: "fk_conversation_labels_conversations_business_id_conversation_",
                table: "conversation_labels");

            migrationBuilder.DropForeignKey(
                name: "fk_conversations_customers_business_id_customer_id",
                table: "conversations");

            migrationBuilder.DropForeignKey(
                name: "fk_customers_businesses_business_id",
                table: "customers");

            migrationBuilder.DropForeignKey(
                name: "fk_employee_avatars_employees_business_id_employee_id",
                table: "employee_avatars");

            migrationBuilder.DropForeignKey(
                name: "fk_employees_businesses_business_id",
                table: "employees");

            migrationBuilder.DropForeignKey(
                name: "fk_employees_users_user_id",
                table: "employees");

            migrationBuilder.DropForeignKey(
                name: "fk_held_events_businesses_business_id",
                table: "held_events");

            migrationBuilder.DropForeignKey(
                name: "fk_idempotent_requests_api_tokens_business_id_api_token_id",
                table: "idempotent_requests");

            migrationBuilder.DropForeignKey(
                name: "fk_internal_notes_conversations_business_id_conversation_id",
                table: "internal_notes");

            migrationBuilder.DropForeignKey(
                name: "fk_invitations_businesses_business_id",
                table: "invitations");

            migrationBuilder.DropForeignKey(
                name: "fk_labels_businesses_business_id",
                table: "labels");

            migrationBuilder.DropForeignKey(
                name: "fk_legacy_imports_businesses_business_id",
                table: "legacy_imports");

            migrationBuilder.DropForeignKey(
                name: "fk_media_files_businesses_business_id",
                table: "media_files");

            migrationBuilder.DropForeignKey(
                name: "fk_merged_conversations_conversations_business_id_into_convers",
                table: "merged_conversations");

            migrationBuilder.DropForeignKey(
                name: "fk_message_templates_businesses_business_id",
                table: "message_templates");

            migrationBuilder.DropForeignKey(
                name: "fk_messages_conversations_business_id_conversation_id",
                table: "messages");

            migrationBuilder.DropForeignKey(
                name: "fk_notifications_employees_business_id_employee_id",
                table: "notifications");

            migrationBuilder.DropForeignKey(
                name: "fk_open_circuits_employees_business_id_employee_id",
                table: "open_circuits");

            migrationBuilder.DropForeignKey(
                name: "fk_outgoing_webhooks_businesses_business_id",
                table: "outgoing_webhooks");

            migrationBuilder.DropForeignKey(
                name: "fk_platform_employees_users_user_id",
                table: "platform_employees");

            migrationBuilder.DropForeignKey(
                name: "fk_prompt_templates_businesses_business_id",
                table: "prompt_templates");

            migrationBuilder.DropForeignKey(
                name: "fk_prompt_versions_prompt_templates_business_id_prompt_templat",
                table: "prompt_versions");

            migrationBuilder.DropForeignKey(
                name: "fk_push_subscriptions_employees_business_id_employee_id",
                table: "push_subscriptions");

            migrationBuilder.DropForeignKey(
                name: "fk_roles_businesses_business_id",
                table: "roles");

            migrationBuilder.DropForeignKey(
                name: "fk_saved_views_businesses_business_id",
                table: "saved_views");

            migrationBuilder.DropForeignKey(
                name: "fk_service_employees_employees_business_id_employee_id",
                table: "service_employees");

            migrationBuilder.DropForeignKey(
                name: "fk_services_businesses_business_id",
                table: "services");

            migrationBuilder.DropForeignKey(
                name: "fk_support_visits_businesses_business_id",
                table: "support_visits");

            migrationBuilder.DropForeignKey(
                name: "fk_team_members_employees_business_id_employee_id",
                table: "team_members");

            migrationBuilder.DropForeignKey(
                name: "fk_teams_businesses_business_id",
                table: "teams");

            migrationBuilder.DropForeignKey(
                name: "fk_usage_counters_businesses_business_id",
                table: "usage_counters");

            migrationBuilder.DropForeignKey(
                name: "fk_voice_messages_media_files_business_id_media_file_id",
                table: "voice_messages");

            migrationBuilder.DropForeignKey(
                name: "fk_voice_messages_messages_business_id_message_id",
                table: "voice_messages");

            migrationBuilder.DropIndex(
                name: "ix_outgoing_webhook_deliveries_undelivered",
                table: "outgoing_webhook_deliveries");

            migrationBuilder.DropIndex(
                name: "ix_outbox_business_id_id",
                table: "outbox");

            migrationBuilder.DropIndex(
                name: "ix_outbox_business_id_lane_due_at",
                table: "outbox");

            migrationBuilder.AddForeignKey(
                name: "fk_activity_chains_businesses_business_id",
                table: "activity_chains",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_activity_logs_businesses_business_id",
                table: "activity_logs",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_admin_notifications_businesses_business_id",
                table: "admin_notifications",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_analytics_events_businesses_business_id",
                table: "analytics_events",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_analytics_rollups_businesses_business_id",
                table: "analytics_rollups",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_api_tokens_businesses_business_id",
                table: "api_tokens",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_bookings_customers_business_id_customer_id",
                table: "bookings",
                columns: new[] { "business_id", "customer_id" },
                principalTable: "customers",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_bookings_services_business_id_service_id",
                table: "bookings",
                columns: new[] { "business_id", "service_id" },
                principalTable: "services",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_business_days_businesses_business_id",
                table: "business_days",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_businesses_plans_plan_id",
                table: "businesses",
                column: "plan_id",
                principalTable: "plans",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_canned_responses_businesses_business_id",
                table: "canned_responses",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_conversation_assignments_conversations_business_id_conversa",
                table: "conversation_assignments",
                columns: new[] { "business_id", "conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_conversation_drafts_conversations_business_id_conversation_",
                table: "conversation_drafts",
                columns: new[] { "business_id", "conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_conversation_drafts_employees_business_id_employee_id",
                table: "conversation_drafts",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_conversation_labels_conversations_business_id_conversation_",
                table: "conversation_labels",
                columns: new[] { "business_id", "conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_conversations_customers_business_id_customer_id",
                table: "conversations",
                columns: new[] { "business_id", "customer_id" },
                principalTable: "customers",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_customers_businesses_business_id",
                table: "customers",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_employee_avatars_employees_business_id_employee_id",
                table: "employee_avatars",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_employees_businesses_business_id",
                table: "employees",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_employees_users_user_id",
                table: "employees",
                column: "user_id",
                principalTable: "users",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_held_events_businesses_business_id",
                table: "held_events",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_idempotent_requests_api_tokens_business_id_api_token_id",
                table: "idempotent_requests",
                columns: new[] { "business_id", "api_token_id" },
                principalTable: "api_tokens",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_internal_notes_conversations_business_id_conversation_id",
                table: "internal_notes",
                columns: new[] { "business_id", "conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_invitations_businesses_business_id",
                table: "invitations",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_labels_businesses_business_id",
                table: "labels",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_legacy_imports_businesses_business_id",
                table: "legacy_imports",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_media_files_businesses_business_id",
                table: "media_files",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_merged_conversations_conversations_business_id_into_convers",
                table: "merged_conversations",
                columns: new[] { "business_id", "into_conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_message_templates_businesses_business_id",
                table: "message_templates",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_messages_conversations_business_id_conversation_id",
                table: "messages",
                columns: new[] { "business_id", "conversation_id" },
                principalTable: "conversations",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_notifications_employees_business_id_employee_id",
                table: "notifications",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_open_circuits_employees_business_id_employee_id",
                table: "open_circuits",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_outgoing_webhooks_businesses_business_id",
                table: "outgoing_webhooks",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_platform_employees_users_user_id",
                table: "platform_employees",
                column: "user_id",
                principalTable: "users",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_prompt_templates_businesses_business_id",
                table: "prompt_templates",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_prompt_versions_prompt_templates_business_id_prompt_templat",
                table: "prompt_versions",
                columns: new[] { "business_id", "prompt_template_id" },
                principalTable: "prompt_templates",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_push_subscriptions_employees_business_id_employee_id",
                table: "push_subscriptions",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_roles_businesses_business_id",
                table: "roles",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_saved_views_businesses_business_id",
                table: "saved_views",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_service_employees_employees_business_id_employee_id",
                table: "service_employees",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_services_businesses_business_id",
                table: "services",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_support_visits_businesses_business_id",
                table: "support_visits",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_team_members_employees_business_id_employee_id",
                table: "team_members",
                columns: new[] { "business_id", "employee_id" },
                principalTable: "employees",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_teams_businesses_business_id",
                table: "teams",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_usage_counters_businesses_business_id",
                table: "usage_counters",
                column: "business_id",
                principalTable: "businesses",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_voice_messages_media_files_business_id_media_file_id",
                table: "voice_messages",
                columns: new[] { "business_id", "media_file_id" },
                principalTable: "media_files",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_voice_messages_messages_business_id_message_id",
                table: "voice_messages",
                columns: new[] { "business_id", "message_id" },
                principalTable: "messages",
                principalColumns: new[] { "business_id", "id" },
                onDelete: ReferentialAction.Cascade);
        }
    }
}
