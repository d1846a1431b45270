using System.Net;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Api.Webhooks;

/// <summary>Webhooks as programs manage them.</summary>
public sealed class WebhookApiTests(CallingInbox calling) : WebhookTests(calling), IClassFixture<CallingInbox>
{
    private static readonly string[] MessageCreated = [WebhookEventType.MessageCreated];
    private static readonly string[] NoteCreated = [WebhookEventType.NoteCreated];
    private static readonly string[] Unknown = ["message.eaten"];

    [Fact]
    public async Task A_program_makes_a_webhook_gets_its_secret_changes_it_and_deletes_it()
    {
        using var program = await ApiProgram.OfAsync(Inbox, Business);
        var created = (await program.PostAsync("webhooks", new { url = Receiver.Address, events = MessageCreated }, ("Idempotency-Key", "hook-1"))).Is(HttpStatusCode.Created);
        Assert.Equal((Receiver.Address, true, 1), (created["url"].GetString(), created["isActive"].GetBoolean(), created["events"].GetArrayLength()));
        Assert.DoesNotContain(WebhookSecret.Prefix, created.Text);
        var again = await program.PostAsync("webhooks", new { url = Receiver.Address, events = MessageCreated }, ("Idempotency-Key", "hook-1"));
        Assert.Equal(created.Id, again.Id);

        var path = $"webhooks/{created.Id}";
        (await program.SendAsync(HttpMethod.Put, path + "/secret", null)).IsProblem(HttpStatusCode.PreconditionRequired, "version_required");
        var rotated = (await program.SendAsync(HttpMethod.Put, path + "/secret", null, ("If-Match", created.ETag!))).Is(HttpStatusCode.OK);
        (await program.SendAsync(HttpMethod.Put, path + "/secret", null, ("If-Match", created.ETag!))).IsProblem(HttpStatusCode.PreconditionFailed, "version_stale");
        await ReceiveAsync("to the program");
        await Eventually.TrueAsync(() => !Receiver.Calls.IsEmpty);
        Assert.True(Receiver.Calls.Single().IsSignedBy(rotated["secret"].GetString()!));

        (await program.PutAsync(path, new { url = Receiver.Address, events = NoteCreated, isActive = false })).Is(HttpStatusCode.OK);
        var read = (await program.GetAsync(path)).Is(HttpStatusCode.OK);
        Assert.Equal((false, "note.created"), (read["isActive"].GetBoolean(), read["events"][0].GetString()));
        (await program.GetAsync(path, ("If-None-Match", read.ETag!))).Is(HttpStatusCode.NotModified);
        (await program.PostAsync(path + "/test", null)).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Single((await program.GetAsync("webhooks")).Items);
        (await program.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await program.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await program.GetAsync(path + "/deliveries")).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_program_walks_through_the_deliveries_and_sends_one_again()
    {
        Receiver.Answer = (call, http) => Task.FromResult(http.Response.StatusCode = call.Text.Contains("bad") ? 400 : 204);
        using var program = await ApiProgram.OfAsync(Inbox, Business);
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        var number = Samia.Tests.WhatsApp.Bodies.NewNumber();
        foreach (var text in new[] { "one", "bad", "three" })
        {
            await ReceiveAsync(text, number: number);
        }

        await Eventually.TrueAsync(async () => (await DeliveriesAsync(id)).All(d => d.Attempts == 1));
        var all = await program.WalkAsync($"webhooks/{id}/deliveries?limit=2");
        Assert.Equal(["delivered", "pending", "delivered"], all.Select(d => d.GetProperty("state").GetString()));
        Assert.Equal(400, Assert.Single(await program.WalkAsync($"webhooks/{id}/deliveries?state=pending")).GetProperty("responseStatus").GetInt32());
        (await program.GetAsync($"webhooks/{id}/deliveries?state=lost")).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid");

        var delivery = all[0].GetProperty("id").GetGuid();
        var details = (await program.GetAsync($"webhook-deliveries/{delivery}")).Is(HttpStatusCode.OK);
        Assert.Equal(Receiver.Calls.Single(c => c.Id == delivery.ToString()).Text, details["body"].GetString());
        (await program.PostAsync($"webhook-deliveries/{delivery}/send-again", null)).Is(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(() => Receiver.Calls.Count(c => c.Id == delivery.ToString()) == 2);
        var test = (await program.PostAsync($"webhooks/{id}/test", null)).Is(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(() => Receiver.Of(WebhookEventType.Test).SingleOrDefault()?.Id == test.Id.ToString());
        (await program.GetAsync($"webhook-deliveries/{Guid.NewGuid()}")).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await program.PostAsync($"webhook-deliveries/{Guid.NewGuid()}/send-again", null)).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_a_token_gives_no_more_than_it_has()
    {
        using var program = await ApiProgram.OfAsync(Inbox, Business);
        (await program.PostAsync("webhooks", new { url = "", events = MessageCreated })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid").OfField("url");
        (await program.PostAsync("webhooks", new { url = Receiver.Address, events = Array.Empty<string>() })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid").OfField("events");
        (await program.PostAsync("webhooks", new { url = Receiver.Address, events = Unknown })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        (await program.PostAsync("webhooks", new { url = "https://10.0.0.1/", events = MessageCreated })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid");

        using var blind = await ApiProgram.OfAsync(Inbox, Business, Permissions.ManageApi);
        (await blind.PostAsync("webhooks", new { url = Receiver.Address, events = MessageCreated })).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
        using var other = await ApiProgram.OfAsync(Inbox, Business, Permissions.ViewConversations);
        (await other.GetAsync("webhooks")).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
    }
}
