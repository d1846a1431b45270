using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

internal static class WebhookEndpoints
{
    private const string Example = """{ "url": "https://shop.example.com/samia", "events": ["message.created", "conversation.assigned"], "isActive": true }""";

    public static void MapWebhooks(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("/webhooks").WithTags("Webhooks").RequireAuthorization(Permissions.ManageApi);
        group.MapGet("", ListAsync).WithSummary("List webhooks");
        group.MapGet("/{id:guid}", FindAsync).WithSummary("Read a webhook").WithVersionOf<OutgoingWebhook>().Produces<WebhookInfo>();
        group.MapPost("", CreateAsync).WithSummary("Create a webhook")
            .WithDescription("Its address is called when one of the events happens. The token needs the permissions to see what the events tell. Ask for its secret next.")
            .WithExample(Example).Produces<WebhookInfo>(StatusCodes.Status201Created);
        group.MapPut("/{id:guid}", UpdateAsync).WithSummary("Change, pause or resume a webhook")
            .WithVersionOf<OutgoingWebhook>().WithExample(Example).Produces<WebhookInfo>();
        group.MapPut("/{id:guid}/secret", RotateAsync).WithSummary("Make a new secret for a webhook")
            .WithDescription("It is shown only in this answer. From now on calls are signed by it, and by the one before no more.")
            .WithVersionOf<OutgoingWebhook>().Produces<WebhookSecretAnswer>();
        group.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Delete a webhook")
            .WithDescription("With its deliveries; what was still to be delivered is not.")
            .WithVersionOf<OutgoingWebhook>().Produces(StatusCodes.Status204NoContent);
        group.MapPost("/{id:guid}/test", TestAsync).WithSummary("Send a test")
            .WithDescription("Delivers a `webhook.test`.").Produces<WebhookDeliveryInfo>(StatusCodes.Status202Accepted);
        group.MapGet("/{id:guid}/deliveries", DeliveriesAsync).WithSummary("List the deliveries of a webhook")
            .WithDescription("The newest first. They are kept for 30 days.").Produces<Page<WebhookDeliveryInfo>>();

        var deliveries = v1.MapGroup("/webhook-deliveries").WithTags("Webhooks").RequireAuthorization(Permissions.ManageApi);
        deliveries.MapGet("/{id:guid}", FindDeliveryAsync).WithSummary("Read a delivery")
            .WithDescription("With what was sent and answered.").Produces<WebhookDeliveryDetails>();
        deliveries.MapPost("/{id:guid}/send-again", SendAgainAsync).WithSummary("Send a delivery again")
            .WithDescription("The same content under the same id, at once.").Produces<WebhookDeliveryInfo>(StatusCodes.Status202Accepted);
    }

    private static Task<Page<WebhookInfo>> ListAsync(
        [AsParameters] PageRequest page, OutgoingWebhooks webhooks, HttpContext http, CancellationToken ct) =>
        page.ReadAsync(http, count => webhooks.PageAsync(PageCursor.Id(page.Cursor), count, ct), w => PageCursor.Of(w.Id));

    private static async Task<IResult> FindAsync(Guid id, OutgoingWebhooks webhooks, CancellationToken ct) =>
        await webhooks.FindAsync(id, ct) is { } webhook ? TypedResults.Ok(webhook) : ApiProblems.NotFound("webhook");

    // The answer is kept for whoever repeats the request, so it must not hold the secret.
    private static async Task<IResult> CreateAsync(
        WebhookRequest request, OutgoingWebhooks webhooks, HttpContext http, CancellationToken ct)
    {
        var id = (await webhooks.CreateAsync(request.Content, ct)).WebhookId;
        return await VersionedEndpoints.CreatedAsync<OutgoingWebhook>(http, "/webhooks", id, async () => await webhooks.FindAsync(id, ct));
    }

    private static async Task<IResult> UpdateAsync(Guid id, WebhookRequest request, OutgoingWebhooks webhooks, CancellationToken ct) =>
        await webhooks.UpdateAsync(id, request.Content, ct) is { } webhook ? TypedResults.Ok(webhook) : ApiProblems.NotFound("webhook");

    private static async Task<IResult> RotateAsync(Guid id, OutgoingWebhooks webhooks, CancellationToken ct) =>
        await webhooks.RotateSecretAsync(id, ct) is { } shown
            ? TypedResults.Ok(new WebhookSecretAnswer(shown.Secret))
            : ApiProblems.NotFound("webhook");

    private static async Task<IResult> DeleteAsync(Guid id, OutgoingWebhooks webhooks, CancellationToken ct) =>
        await webhooks.DeleteAsync(id, ct) ? TypedResults.NoContent() : ApiProblems.NotFound("webhook");

    private static async Task<IResult> TestAsync(Guid id, OutgoingWebhooks webhooks, WebhookDeliveries deliveries, CancellationToken ct) =>
        await deliveries.SendTestAsync(id, ct) is { } delivery ? await AcceptedAsync(delivery, deliveries, ct) : ApiProblems.NotFound("webhook");

    private static async Task<IResult> DeliveriesAsync(
        Guid id, [AsParameters] WebhookDeliveryFilter filter, [AsParameters] PageRequest page, OutgoingWebhooks webhooks,
        WebhookDeliveries deliveries, HttpContext http, CancellationToken ct) =>
        await webhooks.FindAsync(id, ct) is null ? ApiProblems.NotFound("webhook") : TypedResults.Ok(await page.ReadAsync(http,
            count => deliveries.PageAsync(id, filter.Value, PageCursor.Id(page.Cursor), count, ct), d => PageCursor.Of(d.Id)));

    private static async Task<IResult> FindDeliveryAsync(Guid id, WebhookDeliveries deliveries, CancellationToken ct) =>
        await deliveries.FindAsync(id, ct) is { } delivery ? TypedResults.Ok(delivery) : ApiProblems.NotFound("delivery");

    private static async Task<IResult> SendAgainAsync(Guid id, WebhookDeliveries deliveries, CancellationToken ct) =>
        await deliveries.SendAgainAsync(id, ct) ? await AcceptedAsync(id, deliveries, ct) : ApiProblems.NotFound("delivery");

    private static async Task<IResult> AcceptedAsync(Guid id, WebhookDeliveries deliveries, CancellationToken ct) =>
        TypedResults.Accepted($"{ApiRoom.V1}/webhook-deliveries/{id}", (await deliveries.FindAsync(id, ct))?.Delivery);
}

internal sealed record WebhookRequest
{
    [Required, StringLength(WebhookUrl.MaxLength), Description("Begins with https.")]
    public string Url { get; init; } = "";

    [Required, MinLength(1), MaxLength(50), Description("Such as `message.created`; all are in docs/API.md.")]
    public IReadOnlyList<string> Events { get; init; } = [];

    [DefaultValue(true), Description("False pauses it: what happens meanwhile is not told later.")]
    public bool IsActive { get; init; } = true;

    internal WebhookContent Content => new(Url, Events, IsActive);
}

/// <param name="Secret">Begins with `whsec_`.</param>
internal sealed record WebhookSecretAnswer(string Secret)
{
    /// <summary>Names it without the secret.</summary>
    public override string ToString() => "Webhook secret";
}

/// <summary>Which deliveries.</summary>
internal sealed record WebhookDeliveryFilter
{
    [FromQuery(Name = "state"), Description("By default all.")]
    [AllowedValues(null, "pending", "delivered", "failed", ErrorMessage = "The state is one of pending, delivered and failed.")]
    public string? State { get; init; }

    internal WebhookDeliveryState? Value => State is null ? null : StoredEnum.Parse<WebhookDeliveryState>(State);
}
