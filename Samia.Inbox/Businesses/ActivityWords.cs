using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Businesses;

/// <summary>Says rows of the activity log in words. A test holds that every action that Samia logs has some.</summary>
public static class ActivityWords
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The sentence of each action, by its name.</summary>
    public static IReadOnlyDictionary<string, string> Actions { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["canned_response.changed"] = Text.Key("changed a canned response"),
        ["canned_response.created"] = Text.Key("created a canned response"),
        ["canned_response.deleted"] = Text.Key("deleted a canned response"),
        ["conversation.labeled"] = Text.Key("labeled a conversation"),
        ["conversation.unlabeled"] = Text.Key("took a label off a conversation"),
        ["customer.changed"] = Text.Key("changed a customer"),
        ["customer.created"] = Text.Key("added a customer"),
        ["invitation.accepted"] = Text.Key("accepted an invitation"),
        ["invitation.revoked"] = Text.Key("took an invitation back"),
        ["invitation.sent"] = Text.Key("invited somebody"),
        ["invitation.sent_again"] = Text.Key("sent an invitation again"),
        ["label.changed"] = Text.Key("changed a label"),
        ["label.created"] = Text.Key("created a label"),
        ["label.deleted"] = Text.Key("deleted a label"),
        ["prompt.created"] = Text.Key("created a prompt"),
        ["prompt.deleted"] = Text.Key("deleted a prompt"),
        ["prompt.published"] = Text.Key("published a prompt"),
        ["prompt.renamed"] = Text.Key("renamed a prompt"),
        ["prompt.version_written"] = Text.Key("wrote a new version of a prompt"),
        ["role.changed"] = Text.Key("changed a role"),
        ["role.created"] = Text.Key("created a role"),
        ["role.deleted"] = Text.Key("deleted a role"),
        ["activity.exported"] = Text.Key("exported the activity log"),
        ["ai.changed"] = Text.Key("changed the AI connection"),
        ["api_token.created"] = Text.Key("created an API token"),
        ["api_token.renamed"] = Text.Key("renamed an API token"),
        ["api_token.revoked"] = Text.Key("revoked an API token"),
        ["business.closed"] = Text.Key("closed the business"),
        ["business.deletion_scheduled"] = Text.Key("set the day on which everything is deleted"),
        ["business.exported"] = Text.Key("exported all data"),
        ["business.imported"] = Text.Key("brought the business here from another installation"),
        ["business.legacy_imported"] = Text.Key("brought data here from an older system"),
        ["business.plan_changed"] = Text.Key("changed the plan"),
        ["business.registered"] = Text.Key("opened the business"),
        ["business.restored"] = Text.Key("restored the business"),
        ["business.suspended"] = Text.Key("suspended the business"),
        ["business.whatsapp_connected"] = Text.Key("connected the WhatsApp number"),
        ["conversation.assigned"] = Text.Key("assigned a conversation"),
        ["conversation.handed_back"] = Text.Key("handed a conversation back"),
        ["conversation.reopened"] = Text.Key("reopened a conversation"),
        ["conversation.resolved"] = Text.Key("resolved a conversation"),
        ["customer.merged"] = Text.Key("merged two customers into one"),
        ["employee.changed"] = Text.Key("changed an employee"),
        ["employee.deactivated"] = Text.Key("deactivated an employee"),
        ["employee.passkey_added"] = Text.Key("added a passkey"),
        ["employee.passkey_removed"] = Text.Key("removed a passkey"),
        ["employee.password_changed"] = Text.Key("changed their password"),
        ["employee.password_reset"] = Text.Key("chose a new password by e-mail"),
        ["employee.recovery_codes_made"] = Text.Key("made new recovery codes"),
        ["employee.second_step_off"] = Text.Key("switched the second step off"),
        ["employee.second_step_on"] = Text.Key("switched the second step on"),
        ["employee.session_ended"] = Text.Key("ended one of their sessions"),
        ["employee.signed_out_everywhere"] = Text.Key("signed out everywhere"),
        ["employee.locked_out"] = Text.Key("locked a sign-in after too many wrong passwords"),
        ["employee.reactivated"] = Text.Key("reactivated an employee"),
        ["employee.registered"] = Text.Key("added an employee"),
        ["employee.sign_in_refused"] = Text.Key("refused a wrong password"),
        ["employee.signed_in"] = Text.Key("signed in"),
        ["employee.signed_out"] = Text.Key("signed out"),
        ["outgoing_webhook.changed"] = Text.Key("changed an outgoing webhook"),
        ["outgoing_webhook.created"] = Text.Key("added an outgoing webhook"),
        ["outgoing_webhook.deleted"] = Text.Key("deleted an outgoing webhook"),
        ["outgoing_webhook.secret_rotated"] = Text.Key("made a new secret for an outgoing webhook"),
        ["outgoing_webhook.sent_again"] = Text.Key("had an outgoing webhook send something again"),
        ["outgoing_webhook.stopped"] = Text.Key("stopped an outgoing webhook"),
        ["sending.paused"] = Text.Key("paused sending"),
        ["sending.resumed"] = Text.Key("resumed sending"),
        ["support.entered"] = Text.Key("entered the business for support"),
        ["support.left"] = Text.Key("left the business"),
        ["support.ran_out"] = Text.Key("noted that the time of a support visit ran out"),
        ["support.sent_away"] = Text.Key("ended a support visit"),
        ["team.changed"] = Text.Key("changed a team"),
        ["team.created"] = Text.Key("created a team"),
        ["team.deleted"] = Text.Key("deleted a team"),
        ["webhooks.retried"] = Text.Key("had failed webhooks tried again"),
    };

    /// <summary>What the first words of actions are called, by the word.</summary>
    public static IReadOnlyDictionary<string, string> Areas { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["canned_response"] = Text.Key("Canned responses"),
        ["invitation"] = Text.Key("Invitations"),
        ["label"] = Text.Key("Labels"),
        ["prompt"] = Text.Key("Prompts"),
        ["role"] = Text.Key("Roles"),
        ["activity"] = Text.Key("Activity log"),
        ["ai"] = Text.Key("AI assistant"),
        ["api_token"] = Text.Key("API tokens"),
        ["business"] = Text.Key("Business"),
        ["conversation"] = Text.Key("Conversations"),
        ["customer"] = Text.Key("Customers"),
        ["employee"] = Text.Key("Employees"),
        ["outgoing_webhook"] = Text.Key("Outgoing webhooks"),
        ["sending"] = Text.Key("Sending"),
        ["support"] = Text.Key("Support visits"),
        ["team"] = Text.Key("Teams"),
        ["webhooks"] = Text.Key("Webhooks"),
    };

    /// <summary>An action in words; one that is not known, as it is.</summary>
    public static string Of(string action, IStringLocalizer<Texts> texts) =>
        Actions.TryGetValue(action, out var sentence) ? texts.Say(sentence) : action;

    /// <summary>The fields of before and after, each once: name, what it was, what it is.</summary>
    public static IReadOnlyList<(string Field, string? Before, string? After)> Changes(string? before, string? after)
    {
        var (old, now) = (Fields(before), Fields(after));
        return [.. old.Keys.Union(now.Keys).Select(f => (f, old.GetValueOrDefault(f), now.GetValueOrDefault(f)))];
    }

    /// <summary>The name of somebody of the platform, from the details of what they did.</summary>
    public static string? By(string? details) => Fields(details).GetValueOrDefault("by");

    private static Dictionary<string, string?> Fields(string? json)
    {
        if (json is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => Plain(p.Value))
            : new Dictionary<string, string?> { [""] = Plain(document.RootElement) };
    }

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Plain)),
        _ => JsonSerializer.Serialize(value, Readable),
    };
}
