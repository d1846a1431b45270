using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

/// <summary>How somebody becomes an employee: they are asked, and accept.</summary>
internal static class InvitationEndpoints
{
    public static void MapInvitations(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("/invitations").WithTags("Employees").RequireAuthorization(Permissions.ManageTeam);
        group.MapGet("", ListAsync).WithSummary("List invitations that nobody has accepted yet").WithDescription("All of them, in one page, the newest first.");
        group.MapPost("", InviteAsync).WithSummary("Invite somebody by e-mail")
            .WithDescription("Whoever accepts is an employee. Nobody is given a role that allows more than the token does.")
            .WithExample("""{ "email": "layal@example.com", "name": "Layal Saab", "roleId": "0199aa00-0000-7000-8000-000000000002", "language": "ar" }""")
            .Produces<OpenInvitation>(StatusCodes.Status201Created);
        group.MapDelete("/{id:guid}", RevokeAsync).WithSummary("Revoke an invitation")
            .WithoutVersion("Its link works or does not: there is nothing to overwrite.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<Page<OpenInvitation>> ListAsync(Invitations invitations, CancellationToken ct) => new(await invitations.OpenAsync(ct), null);

    private static async Task<IResult> InviteAsync(InvitationRequest request, Inviting inviting, Invitations invitations, CancellationToken ct)
    {
        var id = await inviting.InviteAsync(new(request.Email, request.Name, request.RoleId!.Value, request.TeamIds, request.Language), ct);
        return TypedResults.Created($"{ApiRoom.V1}/invitations/{id}", await OpenAsync(id, invitations, ct));
    }

    private static async Task<IResult> RevokeAsync(Guid id, Invitations invitations, CancellationToken ct)
    {
        if (await OpenAsync(id, invitations, ct) is null)
        {
            return ApiProblems.NotFound("open invitation");
        }

        await invitations.RevokeAsync(id, ct);
        return TypedResults.NoContent();
    }

    private static async Task<OpenInvitation?> OpenAsync(Guid id, Invitations invitations, CancellationToken ct) =>
        (await invitations.OpenAsync(ct)).FirstOrDefault(i => i.Id == id);
}

internal sealed record InvitationRequest
{
    [Required, StringLength(256), EmailAddress, Description("Where the link goes; it becomes their sign-in.")]
    public string Email { get; init; } = "";

    [Required, StringLength(120), Description("What colleagues will see.")]
    public string Name { get; init; } = "";

    [Required]
    public Guid? RoleId { get; init; }

    [MaxLength(100)]
    public IReadOnlyList<Guid> TeamIds { get; init; } = [];

    [Description("Of the e-mail: `en` or `ar`.")]
    public string Language { get; init; } = "en";
}
