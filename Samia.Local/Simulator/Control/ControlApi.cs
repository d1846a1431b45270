using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Samia.Local.Simulator;

/// <summary>
/// <c>/simulator/api</c>: what the page, scripts and end-to-end tests use. A phone is named by its id, number,
/// business-scoped id or username.
/// </summary>
internal static class ControlApi
{
    public static void MapControlApi(this IEndpointRouteBuilder app, WhatsAppSimulator simulator)
    {
        var api = app.MapGroup("/simulator/api").AddEndpointFilter(AnswerInWordsAsync);
        api.MapGet("/lines", () => simulator.Lines.Select(LineView.Of));
        api.MapGet("/log", () => simulator.Log.Entries);
        api.MapGet("/events", (string? line, string? phone, CancellationToken stopped) =>
            TypedResults.ServerSentEvents(Events(simulator, line, phone, stopped)));

        var ofLine = api.MapGroup("/lines/{line}");
        ofLine.MapPut("/misbehaviour", (string line, Dictionary<Misbehaviour, SwitchSetting> settings) =>
            Switch(Line(simulator, line), settings));
        ofLine.MapGet("/phones", (string line) => Line(simulator, line).Phones.Select(PhoneView.Of));
        ofLine.MapPost("/phones", (string line, PhoneRequest request) =>
            PhoneView.Of(Line(simulator, line).AddPhone(request.Understand())));
        ofLine.MapGet("/media/{id}", (string line, string id) => Line(simulator, line).Media.Find(id) is { } media
            ? Results.Bytes(media.Bytes, media.MimeType, enableRangeProcessing: true)
            : Results.NotFound());

        var ofPhone = ofLine.MapGroup("/phones/{phone}");
        ofPhone.MapGet("", (string line, string phone) => ChatView.Of(Phone(simulator, line, phone)));
        PhoneControl.Map(ofPhone, simulator);
    }

    public static SimulatedPhone Phone(WhatsAppSimulator simulator, string line, string phone) =>
        Line(simulator, line).FindPhone(phone) ?? throw new KeyNotFoundException($"There is no phone '{phone}'.");

    private static SimulatedLine Line(WhatsAppSimulator simulator, string line) =>
        simulator.FindLine(line) ?? throw new KeyNotFoundException($"There is no number '{line}'.");

    private static LineView Switch(SimulatedLine line, Dictionary<Misbehaviour, SwitchSetting> settings)
    {
        foreach (var (misbehaviour, setting) in settings)
        {
            if (!setting.On)
            {
                line.Misbehaviour.TurnOff(misbehaviour);
            }
            else if (setting.Times is { } times)
            {
                line.Misbehaviour.TurnOn(misbehaviour, times);
            }
            else
            {
                line.Misbehaviour.TurnOn(misbehaviour);
            }
        }

        return LineView.Of(line);
    }

    // Whoever listens with a phone looks at that phone's chat.
    private static async IAsyncEnumerable<SimulatorEvent> Events(
        WhatsAppSimulator simulator, string? line, string? phone,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stopped)
    {
        using var open = line is null || phone is null ? null : simulator.FindLine(line)?.FindPhone(phone)?.OpenChat();
        await foreach (var simulatorEvent in simulator.Events.ListenAsync(stopped))
        {
            yield return simulatorEvent;
        }
    }

    private static async ValueTask<object?> AnswerInWordsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception refused) when (refused is ArgumentException or KeyNotFoundException)
        {
            return Results.Problem(refused.Message,
                statusCode: refused is KeyNotFoundException ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest);
        }
    }
}
