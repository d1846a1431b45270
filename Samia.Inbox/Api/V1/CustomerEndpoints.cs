using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Samia.Data;
using Samia.Inbox.Customers;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

internal static class CustomerEndpoints
{
    private const string Example = """
        { "phone": "+961 70 123 456", "name": "Maya Haddad", "email": "maya@example.com", "language": "ar", "attributes": { "city": "Beirut" } }
        """;

    public static void MapCustomers(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("/customers").WithTags("Customers");
        group.MapGet("", ListAsync).RequireAuthorization(Permissions.ViewCustomers)
            .WithSummary("List or search customers").WithDescription("In the order in which they first came.");
        group.MapGet("/{id:guid}", FindAsync).RequireAuthorization(Permissions.ViewCustomers)
            .WithSummary("Read a customer").WithVersionOf<Customer>().Produces<CustomerDetails>();
        group.MapPost("", CreateAsync).RequireAuthorization(Permissions.EditCustomers)
            .WithSummary("Create a customer who has not written yet").WithExample(Example).Produces<CustomerDetails>(StatusCodes.Status201Created);
        group.MapPut("/{id:guid}", UpdateAsync).RequireAuthorization(Permissions.EditCustomers)
            .WithSummary("Change what is known of a customer").WithVersionOf<Customer>().Produces<CustomerDetails>()
            .WithExample("""{ "name": "Maya Haddad", "email": null, "language": "ar", "attributes": { "city": "Zahlé" } }""");
    }

    private static Task<Page<CustomerDetails>> ListAsync(
        [AsParameters] CustomerFilter filter, [AsParameters] PageRequest page, CustomerSearch customers, HttpContext http, CancellationToken ct) =>
        page.ReadAsync(http, count => customers.PageAsync(new(filter.Search, filter.Phone), PageCursor.Id(page.Cursor), count, ct), c => PageCursor.Of(c.Id));

    private static async Task<IResult> FindAsync(Guid id, CustomerSearch customers, CancellationToken ct) =>
        await customers.FindAsync(id, ct) is { } customer ? TypedResults.Ok(customer) : ApiProblems.NotFound("customer");

    private static async Task<IResult> CreateAsync(
        NewCustomerRequest request, CustomerEditor editor, HttpContext http, CancellationToken ct)
    {
        var id = (await editor.CreateAsync(request.Phone, request.Content, ct)).Id;
        return await VersionedEndpoints.CreatedAsync<Customer>(http, "/customers", id, async () => await editor.FindAsync(id, ct));
    }

    private static async Task<IResult> UpdateAsync(Guid id, CustomerRequest request, CustomerEditor editor, CancellationToken ct) =>
        await editor.UpdateAsync(id, request.Content, ct) is { } customer ? TypedResults.Ok(customer) : ApiProblems.NotFound("customer");
}

/// <summary>Which customers.</summary>
internal sealed record CustomerFilter
{
    [FromQuery(Name = "search"), StringLength(100), Description("Part of a name, a username, an e-mail address or a number.")]
    public string? Search { get; init; }

    [FromQuery(Name = "phone"), StringLength(40), Description("A number with its country code, in whichever way it is written.")]
    public string? Phone { get; init; }
}

internal record CustomerRequest
{
    [StringLength(CustomerEditor.MaxNameLength), Description("What the business calls this person; goes before what WhatsApp says.")]
    public string? Name { get; init; }

    [StringLength(256), EmailAddress]
    public string? Email { get; init; }

    [StringLength(35), Description("A BCP 47 tag, such as ar or pt-BR.")]
    public string? Language { get; init; }

    [Description("The business's own fields. They replace all that there were.")]
    public JsonObject Attributes { get; init; } = [];

    internal CustomerContent Content => new(Name, Email, Language, Attributes);
}

internal sealed record NewCustomerRequest : CustomerRequest
{
    [Required, StringLength(40), Description("With its country code.")]
    public string Phone { get; init; } = "";
}
