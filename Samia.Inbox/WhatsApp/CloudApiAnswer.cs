namespace Samia.Inbox.WhatsApp;

/// <summary>A connected number as the Cloud API wants it named.</summary>
/// <param name="PhoneNumberId">Meta's id of the number.</param>
/// <param name="AccessToken">In plain text; never logged.</param>
public sealed record CloudApiNumber(string PhoneNumberId, string AccessToken)
{
    /// <summary>Names the number without its token.</summary>
    public override string ToString() => $"WhatsApp number {PhoneNumberId}";
}

/// <summary>What became of a call. Whoever calls must know whether WhatsApp may have done what was asked.</summary>
public abstract record CloudApiAnswer;

/// <summary>WhatsApp did it.</summary>
/// <param name="Wamid">Of a message; null for a read receipt.</param>
public sealed record CloudApiAccepted(string? Wamid) : CloudApiAnswer;

/// <summary>WhatsApp did not do it and says why.</summary>
public sealed record CloudApiRefused(CloudApiError Error) : CloudApiAnswer;

/// <summary>Nothing left this machine, so WhatsApp did not do it.</summary>
/// <param name="Reason">For logs.</param>
public sealed record CloudApiNotCalled(string Reason) : CloudApiAnswer;

/// <summary>The request left and no answer came back that says what became of it.</summary>
/// <param name="Reason">For logs.</param>
public sealed record CloudApiUnanswered(string Reason) : CloudApiAnswer;

/// <summary>The body <c>{"error": …}</c> of an answer.</summary>
/// <param name="HttpStatus">Of the answer.</param>
/// <param name="Code">Meta's code; null where the body was not Meta's.</param>
/// <param name="Details">What Meta says in <c>error_data.details</c>, else in <c>message</c>. May name the customer, so never logged.</param>
/// <param name="IsTransient">Meta says that the same request may succeed later.</param>
/// <param name="TraceId">What Meta's support asks for.</param>
/// <param name="RetryAfter">The header of that name.</param>
public sealed record CloudApiError(
    int HttpStatus, int? Code, string? Details = null, bool IsTransient = false, string? TraceId = null,
    TimeSpan? RetryAfter = null);
