using Samia.Inbox.Businesses;

namespace Samia.Inbox.Api.V1;

/// <summary>Who asks: the business of the token, and the token itself.</summary>
internal static class BusinessEndpoints
{
    public static void MapBusiness(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("").WithTags("Business").RequireAuthorization();
        group.MapGet("/business", (BusinessProfile business, CancellationToken ct) => business.DetailsAsync(ct))
            .WithSummary("The business that this token is of");
        group.MapGet("/token", (ApiTokens tokens, CancellationToken ct) => tokens.CurrentAsync(ct))
            .WithSummary("This token, and what it may do");
    }
}
