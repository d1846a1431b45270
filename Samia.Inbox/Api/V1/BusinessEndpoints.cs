using Samia.Inbox.Businesses;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

/// <summary>Who asks: the business of the token, and the token itself.</summary>
internal static class BusinessEndpoints
{
    public static void MapBusiness(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("").WithTags("Business").RequireAuthorization();
        group.MapGet("/business", FindAsync).WithSummary("Read the business that this token is of");
        group.MapGet("/usage", FindUsageAsync).RequireAuthorization(Permissions.ViewBilling).WithSummary("Read how much of the plan is used")
            .WithDescription("What counts per month is of the billing month, a calendar month in the business's time zone; storage is what is stored now.");
        group.MapGet("/token", FindTokenAsync).WithSummary("Read what this token may do");
    }

    private static Task<BusinessDetails> FindAsync(BusinessProfile business, CancellationToken ct) => business.DetailsAsync(ct);

    private static Task<UsageReport> FindUsageAsync(UsageReports usage, CancellationToken ct) => usage.GetAsync(ct);

    private static Task<CurrentApiToken> FindTokenAsync(ApiTokens tokens, CancellationToken ct) => tokens.CurrentAsync(ct);
}
