using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

internal static class RoleEndpoints
{
    private const string Example = """
        { "name": "Night shift", "description": "Answers after eight.", "permissions": ["conversations.view_all", "conversations.reply"] }
        """;

    public static void MapRoles(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("/roles").WithTags("Roles").RequireAuthorization(Permissions.ManageRoles);
        group.MapGet("", ListAsync).WithSummary("List roles").WithDescription("All of them, in one page.");
        group.MapGet("/{id:guid}", FindAsync).WithSummary("Read a role").WithVersionOfPart<Role>().Produces<RoleSummary>();
        group.MapPost("", CreateAsync).WithSummary("Create a role").WithDescription("It can allow what the token holds itself.")
            .WithExample(Example).Produces<RoleSummary>(StatusCodes.Status201Created);
        group.MapPut("/{id:guid}", ChangeAsync).WithSummary("Change a role")
            .WithDescription("Roles that every business has keep their names, and Admin always allows everything. The token can give and take what it holds itself. It takes effect in open screens at once.")
            .WithVersionOfPart<Role>().WithExample(Example).Produces<RoleSummary>();
        group.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Delete a role that nobody has")
            .WithVersionOfPart<Role>().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<Page<RoleSummary>> ListAsync(Roles roles, CancellationToken ct) => new(await roles.ListAsync(ct), null);

    private static async Task<IResult> FindAsync(Guid id, Roles roles, CancellationToken ct) =>
        await RoleAsync(id, roles, ct) is { } role ? TypedResults.Ok(role) : ApiProblems.NotFound("role");

    private static async Task<IResult> CreateAsync(RoleRequest request, Roles roles, HttpContext http, CancellationToken ct)
    {
        var id = await roles.CreateAsync(new(request.Name, request.Description, request.Permissions), ct);
        return await VersionedEndpoints.CreatedAsync<Role>(http, "/roles", id, async () => await RoleAsync(id, roles, ct));
    }

    private static async Task<IResult> ChangeAsync(Guid id, RoleRequest request, Roles roles, CancellationToken ct)
    {
        if (await RoleAsync(id, roles, ct) is not { } role)
        {
            return ApiProblems.NotFound("role");
        }

        await roles.ChangeAsync(id, new RoleChange
        {
            Name = request.Name,
            Description = request.Description,
            Grant = [.. request.Permissions.Except(role.Permissions)],
            Revoke = [.. role.Permissions.Except(request.Permissions)],
        }, ct);
        return await FindAsync(id, roles, ct);
    }

    private static async Task<IResult> DeleteAsync(Guid id, Roles roles, CancellationToken ct)
    {
        if (await RoleAsync(id, roles, ct) is null)
        {
            return ApiProblems.NotFound("role");
        }

        await roles.DeleteAsync(id, ct);
        return TypedResults.NoContent();
    }

    private static async Task<RoleSummary?> RoleAsync(Guid id, Roles roles, CancellationToken ct) =>
        (await roles.ListAsync(ct)).FirstOrDefault(r => r.Id == id);
}

internal sealed record RoleRequest
{
    [Required, StringLength(RoleSummary.MaxNameLength)]
    public string Name { get; init; } = "";

    [StringLength(RoleSummary.MaxDescriptionLength)]
    public string Description { get; init; } = "";

    [Required, MaxLength(100), Description("Names of permissions, such as `conversations.reply`.")]
    public IReadOnlyList<string> Permissions { get; init; } = [];
}
