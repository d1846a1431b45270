using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Samia.Data;
using Samia.Inbox.Assistant;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

internal static class PromptEndpoints
{
    public static void MapPrompts(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("/prompts").WithTags("Prompts").RequireAuthorization(Permissions.ManagePrompts);
        group.MapGet("", ListAsync).WithSummary("List the assistant's prompts");
        group.MapGet("/{id:guid}", FindAsync).WithSummary("Read a prompt").WithVersionOf<PromptTemplate>().Produces<PromptDetails>();
        group.MapPost("", CreateAsync).WithSummary("Create a prompt with its first version")
            .WithDescription("The assistant uses it once a version is published.")
            .WithExample("""{ "kind": "reply", "language": "en", "name": "Shop", "body": "You answer customers of a flower shop in Beirut." }""")
            .Produces<PromptDetails>(StatusCodes.Status201Created);
        group.MapPut("/{id:guid}", RenameAsync).WithSummary("Rename a prompt").WithVersionOf<PromptTemplate>()
            .WithExample("""{ "name": "Flower shop" }""").Produces<PromptDetails>();
        group.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Delete a prompt with all its versions")
            .WithVersionOf<PromptTemplate>().Produces(StatusCodes.Status204NoContent);

        group.MapGet("/{id:guid}/versions", VersionsAsync).WithSummary("List the versions of a prompt")
            .WithDescription("The newest first.").Produces<Page<PromptVersionDetails>>();
        group.MapPost("/{id:guid}/versions", AddVersionAsync).WithSummary("Write the next version of a prompt")
            .WithExample("""{ "body": "You answer customers of a flower shop in Beirut, briefly." }""")
            .Produces<PromptVersionDetails>(StatusCodes.Status201Created);
        group.MapPut("/{id:guid}/published", PublishAsync).WithSummary("Have the assistant use a version of a prompt")
            .WithDescription("An older one, too.").WithVersionOf<PromptTemplate>().WithExample("""{ "version": 2 }""").Produces<PromptDetails>();
    }

    private static Task<Page<PromptDetails>> ListAsync([AsParameters] PageRequest page, PromptLibrary prompts, HttpContext http, CancellationToken ct) =>
        page.ReadAsync(http, count => prompts.PageAsync(PageCursor.Id(page.Cursor), count, ct), p => PageCursor.Of(p.Id));

    private static async Task<IResult> FindAsync(Guid id, PromptLibrary prompts, CancellationToken ct) =>
        await prompts.FindAsync(id, ct) is { } prompt ? TypedResults.Ok(prompt) : ApiProblems.NotFound("prompt");

    private static async Task<IResult> CreateAsync(NewPromptRequest request, PromptLibrary prompts, HttpContext http, CancellationToken ct)
    {
        var id = await prompts.CreateAsync(new(request.Kind!.Value, request.Language, request.Name, request.Body), ct);
        return await VersionedEndpoints.CreatedAsync<PromptTemplate>(http, "/prompts", id, async () => await prompts.FindAsync(id, ct));
    }

    private static async Task<IResult> RenameAsync(Guid id, PromptRequest request, PromptLibrary prompts, CancellationToken ct) =>
        await prompts.RenameAsync(id, request.Name, ct) ? await FindAsync(id, prompts, ct) : ApiProblems.NotFound("prompt");

    private static async Task<IResult> DeleteAsync(Guid id, PromptLibrary prompts, CancellationToken ct) =>
        await prompts.DeleteAsync(id, ct) ? TypedResults.NoContent() : ApiProblems.NotFound("prompt");

    private static async Task<IResult> VersionsAsync(
        Guid id, [AsParameters] PageRequest page, PromptLibrary prompts, PromptVersions versions, HttpContext http, CancellationToken ct) =>
        await prompts.FindAsync(id, ct) is not null
            ? TypedResults.Ok(await page.ReadAsync(http, count => versions.PageAsync(id, PageCursor.Number(page.Cursor), count, ct), v => PageCursor.Of(v.Number)))
            : ApiProblems.NotFound("prompt");

    private static async Task<IResult> AddVersionAsync(Guid id, PromptVersionRequest request, PromptVersions versions, CancellationToken ct) =>
        await versions.AddAsync(id, request.Body, ct) is { } version
            ? TypedResults.Created($"{ApiRoom.V1}/prompts/{id}/versions", version)
            : ApiProblems.NotFound("prompt");

    private static async Task<IResult> PublishAsync(
        Guid id, PublishRequest request, PromptLibrary prompts, PromptVersions versions, CancellationToken ct) =>
        await versions.PublishAsync(id, request.Version!.Value, ct) ? await FindAsync(id, prompts, ct) : ApiProblems.NotFound("version of a prompt");
}

internal sealed record NewPromptRequest
{
    [Required, Description("What it is for.")]
    public PromptKind? Kind { get; init; }

    [Required, StringLength(35), Description("A BCP 47 tag, such as ar or pt-BR.")]
    public string Language { get; init; } = "";

    [Required, StringLength(PromptLibrary.MaxNameLength)]
    public string Name { get; init; } = "";

    [Required, StringLength(PromptVersions.MaxBodyLength), Description("The first version.")]
    public string Body { get; init; } = "";
}

internal sealed record PromptRequest
{
    [Required, StringLength(PromptLibrary.MaxNameLength)]
    public string Name { get; init; } = "";
}

internal sealed record PromptVersionRequest
{
    [Required, StringLength(PromptVersions.MaxBodyLength)]
    public string Body { get; init; } = "";
}

internal sealed record PublishRequest
{
    [Required, Range(1, int.MaxValue), Description("The number of the version.")]
    public int? Version { get; init; }
}
