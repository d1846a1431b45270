using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Samia.Data;
using Samia.Inbox.CannedResponses;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

internal static class CannedResponseEndpoints
{
    private const string Example = """
        { "shortcut": "hours", "title": "Opening hours", "folder": "Shop", "visibility": "business",
          "variants": [{ "language": "en", "body": "We are open from 9 to 6." }, { "language": "ar", "body": "نفتح من التاسعة إلى السادسة." }] }
        """;

    public static void MapCannedResponses(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("/canned-responses").WithTags("Canned responses");
        group.MapGet("", ListAsync).RequireAuthorization(Permissions.Reply)
            .WithSummary("List canned responses").WithDescription("Those of the business and of its teams; employees' own ones are theirs.");
        group.MapGet("/{id:guid}", FindAsync).RequireAuthorization(Permissions.Reply)
            .WithSummary("Read a canned response").WithVersionOf<CannedResponse>().Produces<CannedResponseDetails>();
        group.MapPost("", CreateAsync).RequireAuthorization(Permissions.ManageCanned)
            .WithSummary("Create a canned response").WithExample(Example).Produces<CannedResponseDetails>(StatusCodes.Status201Created);
        group.MapPut("/{id:guid}", UpdateAsync).RequireAuthorization(Permissions.ManageCanned)
            .WithSummary("Change a canned response").WithVersionOf<CannedResponse>().WithExample(Example).Produces<CannedResponseDetails>();
        group.MapDelete("/{id:guid}", DeleteAsync).RequireAuthorization(Permissions.ManageCanned)
            .WithSummary("Delete a canned response").WithVersionOf<CannedResponse>().Produces(StatusCodes.Status204NoContent);
    }

    private static Task<Page<CannedResponseDetails>> ListAsync(
        [AsParameters] PageRequest page, CannedResponseLibrary library, HttpContext http, CancellationToken ct) =>
        page.ReadAsync(http, count => library.PageAsync(PageCursor.Id(page.Cursor), count, ct), c => PageCursor.Of(c.Id));

    private static async Task<IResult> FindAsync(Guid id, CannedResponseLibrary library, CancellationToken ct) =>
        await library.FindAsync(id, ct) is { } response ? TypedResults.Ok(response) : ApiProblems.NotFound("canned response");

    private static async Task<IResult> CreateAsync(
        CannedResponseRequest request, CannedResponseLibrary library, HttpContext http, CancellationToken ct)
    {
        var id = await library.CreateAsync(request.Content, ct);
        return await VersionedEndpoints.CreatedAsync<CannedResponse>(http, "/canned-responses", id, async () => await library.FindAsync(id, ct));
    }

    private static async Task<IResult> UpdateAsync(Guid id, CannedResponseRequest request, CannedResponseLibrary library, CancellationToken ct) =>
        await library.UpdateAsync(id, request.Content, ct) ? await FindAsync(id, library, ct) : ApiProblems.NotFound("canned response");

    private static async Task<IResult> DeleteAsync(Guid id, CannedResponseLibrary library, CancellationToken ct) =>
        await library.DeleteAsync(id, ct) ? TypedResults.NoContent() : ApiProblems.NotFound("canned response");
}

internal sealed record CannedResponseRequest
{
    [Required, StringLength(CannedResponseRules.MaxShortcutLength), Description("What people type after a slash: lower case, without spaces.")]
    public string Shortcut { get; init; } = "";

    [Required, StringLength(CannedResponseRules.MaxTitleLength)]
    public string Title { get; init; } = "";

    [StringLength(CannedResponseRules.MaxTitleLength)]
    public string Folder { get; init; } = "";

    [Description("`business` or `team`; personal ones are made by their employees.")]
    public CannedResponseVisibility Visibility { get; init; }

    [Description("For one of a team.")]
    public Guid? TeamId { get; init; }

    [Required, MinLength(1), MaxLength(20), Description("What it says, once per language.")]
    public IReadOnlyList<CannedTextRequest> Variants { get; init; } = [];

    internal CannedResponseContent Content =>
        new(Shortcut, Title, Folder, Visibility, TeamId, [.. Variants.Select(v => new CannedText(v.Language, v.Body))]);
}

internal sealed record CannedTextRequest
{
    [Required, StringLength(35), Description("A BCP 47 tag, such as ar or pt-BR.")]
    public string Language { get; init; } = "";

    [Required, StringLength(CannedResponseRules.MaxBodyLength)]
    public string Body { get; init; } = "";
}
