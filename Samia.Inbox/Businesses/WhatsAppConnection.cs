namespace Samia.Inbox.Businesses;

/// <summary>A number of the Cloud API, in plain text. It is stored encrypted and never logged.</summary>
/// <param name="PhoneNumberId">Meta's id of the number; one business at most has it.</param>
/// <param name="WabaId">The WhatsApp Business Account that the number belongs to.</param>
/// <param name="DisplayPhoneNumber">What people dial, digits without a plus.</param>
/// <param name="AccessToken">Sent as the bearer token.</param>
/// <param name="AppSecret">Signs webhooks.</param>
/// <param name="VerifyToken">Answers Meta's handshake.</param>
public sealed record WhatsAppConnection(
    string PhoneNumberId, string WabaId, string DisplayPhoneNumber, string AccessToken, string AppSecret,
    string VerifyToken)
{
    /// <summary>Names the connection without its secrets.</summary>
    public override string ToString() => $"WhatsApp number {PhoneNumberId} of {WabaId}";
}
