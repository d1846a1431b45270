using System.Text.Json.Nodes;

namespace Samia.Local.Simulator;

/// <summary><c>POST /{version}/{phone-number-id}/messages</c>: sends, or says that a message was read.</summary>
internal static class CloudApiMessages
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);
    private static readonly TimeSpan TypingShows = TimeSpan.FromSeconds(25);

    public static Task<JsonNode> SendAsync(CloudApiCall call)
    {
        var body = new JsonReader((JsonObject)call.Body!);
        if (body.Text("messaging_product") != "whatsapp")
        {
            throw new CloudApiException(CloudApiError.Invalid("The parameter messaging_product is required and must be 'whatsapp'."));
        }

        return Task.FromResult<JsonNode>(body.Text("status") is null ? Send(call, body) : MarkRead(call, body));
    }

    private static JsonObject MarkRead(CloudApiCall call, JsonReader body)
    {
        var id = body.Required("message_id");
        if (body.Text("status") != "read")
        {
            throw new CloudApiException(CloudApiError.WrongValue("Param status must be 'read'."));
        }

        var typingUntil = body.Has("typing_indicator") ? call.Simulator.Options.Time.GetUtcNow() + TypingShows : (DateTimeOffset?)null;
        return call.Line.Phones.Any(p => p.ReadUpTo(id, typingUntil))
            ? new JsonObject { ["success"] = true }
            : throw new CloudApiException(CloudApiError.WrongValue($"Message '{id}' was not received by this number."));
    }

    private static JsonObject Send(CloudApiCall call, JsonReader body)
    {
        if (call.Line.Misbehaviour.Take(Misbehaviour.RateLimit))
        {
            throw new CloudApiException(CloudApiError.RateLimit);
        }

        if (call.Line.Misbehaviour.Take(Misbehaviour.PairRateLimit))
        {
            throw new CloudApiException(CloudApiError.PairRateLimit);
        }

        var type = body.Text("type") ?? "text";
        var content = MessageRules.Check(call.Line, body, type);
        var (phone, input) = Recipient(call.Line, body, type);
        var template = type == "template" ? CloudApiTemplates.Find(call.Line, content) : null;
        if (template?.Category == "AUTHENTICATION" && body.Text("to") is null)
        {
            throw new CloudApiException(new CloudApiError(400, 131062, "Recipient is not allowed for this message",
                "Authentication templates can be sent to a phone number only."));
        }

        var wamid = WebhookBodies.NewWamid();
        var callbackData = body.Text("biz_opaque_callback_data");
        if (WhyNot(call, phone, type, template) is not { } error)
        {
            Accept(call, phone!, wamid, type, content, body, template, callbackData);
        }
        else if (call.Line.Misbehaviour.IsOn(Misbehaviour.FailInAnswer) || phone is null)
        {
            throw new CloudApiException(error);
        }
        else
        {
            call.Simulator.Statuses.Fail(phone, wamid, callbackData, error);
        }

        call.LoseAnswer = call.Line.Misbehaviour.Take(Misbehaviour.LostAnswer);
        return Answer(phone, input, wamid);
    }

    // As Meta, this accepts the number of anybody: whether it is on WhatsApp shows later, in a status.
    private static (SimulatedPhone? Phone, string Input) Recipient(SimulatedLine line, JsonReader body, string type)
    {
        if (body.Text("recipient_type") is not (null or "individual"))
        {
            throw new CloudApiException(CloudApiError.WrongValue("Param recipient_type must be 'individual'."));
        }

        if (body.Text("to") is { } to)
        {
            var digits = string.Concat(to.Where(char.IsAsciiDigit));
            if (digits.Length is < 7 or > 15)
            {
                throw new CloudApiException(CloudApiError.WrongValue($"The phone number '{to}' is not valid."));
            }

            return (line.Phones.FirstOrDefault(p => p.Person.WaId == digits)
                ?? (type == "template" ? line.AddPhone(NewPhone.WithNumber("", digits)) : null), to);
        }

        if (body.Text("recipient") is { } recipient)
        {
            return (line.Phones.FirstOrDefault(p => p.Person.Bsuid == recipient)
                ?? throw new CloudApiException(CloudApiError.WrongValue($"The recipient '{recipient}' is not known to this business.")), recipient);
        }

        throw new CloudApiException(CloudApiError.Invalid("The parameter to or recipient is required."));
    }

    private static CloudApiError? WhyNot(CloudApiCall call, SimulatedPhone? phone, string type, SimulatedTemplate? template)
    {
        if (phone is null || call.Line.Misbehaviour.Take(Misbehaviour.NotOnWhatsApp))
        {
            return CloudApiError.NotOnWhatsApp;
        }

        var open = phone.LastWroteAt is { } wrote && call.Simulator.Options.Time.GetUtcNow() - wrote < Window;
        return template is null && (call.Line.Misbehaviour.Take(Misbehaviour.ClosedWindow) || !open) ? CloudApiError.WindowClosed : null;
    }

    private static void Accept(
        CloudApiCall call, SimulatedPhone phone, string wamid, string type, JsonNode content, JsonReader body,
        SimulatedTemplate? template, string? callbackData)
    {
        if (type == "reaction")
        {
            var target = (string)content["message_id"]!;
            if (phone.Find(target) is null)
            {
                throw new CloudApiException(CloudApiError.WrongValue($"There is no message '{target}' to react to."));
            }

            phone.Change(target, m => m with { BusinessReaction = (string?)content["emoji"] is { Length: > 0 } emoji ? emoji : null });
        }

        content = content.DeepClone();
        if (template is not null)
        {
            content["rendered"] = template.Fill(CloudApiTemplates.ParametersOf(content));
        }

        call.Simulator.Statuses.Follow(phone, new ChatMessage
        {
            Id = wamid, FromCustomer = false, Type = type, Content = content, At = call.Simulator.Options.Time.GetUtcNow(),
            ReplyTo = body.Text("context", "message_id"), CallbackData = callbackData,
        }, template is null ? "service" : template.Category.ToLowerInvariant());
    }

    private static JsonObject Answer(SimulatedPhone? phone, string input, string wamid)
    {
        var contact = new JsonObject { ["input"] = input };
        if (phone?.Person is { WaId: { } waId, HidesNumber: false })
        {
            contact["wa_id"] = waId;
        }

        if (phone?.Person.Bsuid is { } bsuid)
        {
            contact["user_id"] = bsuid;
        }

        return new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(contact),
            ["messages"] = new JsonArray(new JsonObject { ["id"] = wamid, ["message_status"] = "accepted" }),
        };
    }
}
