using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Samia.Local.Simulator;

/// <summary>An error of the Cloud API ("Error codes"), which is told in an answer or in a status.</summary>
/// <param name="HttpStatus">Of the answer.</param>
/// <param name="Code">Meta's code.</param>
/// <param name="Title">Its short name.</param>
/// <param name="Details">What exactly is wrong.</param>
/// <param name="Subcode">Meta's subcode, where it has one.</param>
/// <param name="Type">Meta's class of error.</param>
public sealed record CloudApiError(
    int HttpStatus, int Code, string Title, string? Details = null, int? Subcode = null, string Type = "OAuthException")
{
    public static CloudApiError ExpiredToken { get; } = new(401, 190,
        "Error validating access token: Session has expired.", Subcode: 463);

    public static CloudApiError WrongToken { get; } = new(401, 190, "Invalid OAuth access token - Cannot parse access token");

    public static CloudApiError RateLimit { get; } = new(429, 130429, "Rate limit hit",
        "Message failed to send because there were too many messages sent from this phone number in a short period of time");

    public static CloudApiError PairRateLimit { get; } = new(400, 131056,
        "(Business Account, Consumer Account) pair rate limit hit",
        "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.");

    public static CloudApiError Server { get; } = new(500, 131000, "Something went wrong", "Message failed to send due to an unknown error.");

    public static CloudApiError WindowClosed { get; } = new(400, 131047, "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.");

    public static CloudApiError NotOnWhatsApp { get; } = new(400, 131026, "Message undeliverable", "Message Undeliverable.");

    public static CloudApiError NoSuchObject(string id) => new(400, 100,
        $"Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation",
        Subcode: 33, Type: "GraphMethodException");

    public static CloudApiError Invalid(string details) => new(400, 100, "Invalid parameter", details);

    public static CloudApiError Missing(string parameter) =>
        new(400, 131008, "Required parameter is missing", $"Required parameter '{parameter}' is missing.");

    public static CloudApiError WrongValue(string details) => new(400, 131009, "Parameter value is not valid", details);

    /// <summary>The body of an answer.</summary>
    public JsonObject InAnswer()
    {
        var error = new JsonObject { ["message"] = Code == 190 ? Title : Numbered, ["type"] = Type, ["code"] = Code };
        if (Subcode is not null)
        {
            error["error_subcode"] = Subcode;
        }

        if (Details is not null)
        {
            error["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = Details };
        }

        error["fbtrace_id"] = "A" + Convert.ToHexString(RandomNumberGenerator.GetBytes(10));
        return new JsonObject { ["error"] = error };
    }

    /// <summary>An element of a status's <c>errors</c>.</summary>
    public JsonObject InStatus() => new()
    {
        ["code"] = Code, ["title"] = Title, ["message"] = Title,
        ["error_data"] = new JsonObject { ["details"] = Details ?? Title },
        ["href"] = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    };

    private string Numbered => string.Create(CultureInfo.InvariantCulture, $"(#{Code}) {Title}");
}

/// <summary>Ends a call with an error.</summary>
public sealed class CloudApiException(CloudApiError error) : Exception(error.Details ?? error.Title)
{
    public CloudApiError Error { get; } = error;
}
