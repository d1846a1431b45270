using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Samia.Local.Simulator;

/// <summary>What a customer does, as the control API takes it. The answer does not wait for the inbox.</summary>
internal static class PhoneControl
{
    public static void Map(RouteGroupBuilder phones, WhatsAppSimulator simulator)
    {
        phones.MapPost("/messages", (string line, string phone, MessageRequest request) =>
            Begin(simulator, line, phone, p => request.SendAsync(simulator, p)));
        phones.MapPut("/messages/{id}", (string line, string phone, string id, MessageRequest request) =>
            Begin(simulator, line, phone, p => simulator.EditAsync(p, Wamid(id), request.Text ?? "")));
        phones.MapDelete("/messages/{id}", (string line, string phone, string id) =>
            Begin(simulator, line, phone, p => simulator.RevokeAsync(p, Wamid(id))));
        phones.MapPut("/messages/{id}/reaction", (string line, string phone, string id, ReactionRequest request) =>
            Begin(simulator, line, phone, p => simulator.ReactAsync(p, Wamid(id), string.IsNullOrEmpty(request.Emoji) ? null : request.Emoji)));
        phones.MapPost("/messages/{id}/press", (string line, string phone, string id, PressRequest request) =>
            Begin(simulator, line, phone, p => simulator.PressAsync(p, Wamid(id), request.Button)));
        phones.MapPut("/number", (string line, string phone, NumberRequest request) =>
            Begin(simulator, line, phone, p => simulator.ChangeNumberAsync(p, request.Number)));
        phones.MapPut("/online", (string line, string phone, OnlineRequest request) => Begin(simulator, line, phone, p =>
        {
            p.SetOnline(request.Online);
            return Task.CompletedTask;
        }));
        phones.MapPost("/media", UploadAsync);

        async Task<IResult> UploadAsync(
            HttpRequest request, string line, string phone, string? name, string? caption, bool? voice, string? replyTo)
        {
            using var bytes = new MemoryStream();
            await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
            if (bytes.Length == 0 || request.ContentType is not { Length: > 0 } mimeType)
            {
                throw new ArgumentException("Send the file's bytes with its content type.");
            }

            return Begin(simulator, line, phone, p => simulator.SendMediaAsync(
                p, p.Line.Media.Add(mimeType, bytes.ToArray(), name), caption, voice ?? false, replyTo));
        }
    }

    // A wamid is base64, and routing leaves a slash in a value encoded.
    private static string Wamid(string id) => id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    // The phone has changed when the action returns; its webhook may be under way for as long as an outage lasts.
    private static IResult Begin(WhatsAppSimulator simulator, string line, string phone, Func<SimulatedPhone, Task> act)
    {
        var found = ControlApi.Phone(simulator, line, phone);
        var delivering = act(found);
        return delivering is { IsFaulted: true, Exception.InnerException: ArgumentException wrong }
            ? throw new ArgumentException(wrong.Message)
            : Results.Ok(ChatView.Of(found));
    }
}
