using System.Net.Mail;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Customers;

/// <summary>Notes what the business knows of its customers. The activity log says that it changed, never to what.</summary>
public sealed class CustomerEditor(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions, TimeProvider time,
    IStringLocalizer<Texts> texts)
{
    public const int MaxNameLength = 120;

    /// <summary>Of the attributes as JSON, in characters.</summary>
    public const int MaxAttributesLength = 10_000;
    private const int MaxEmailLength = 256;

    /// <summary>Somebody who has not written yet, known by number.</summary>
    /// <param name="phone">With its country code.</param>
    /// <param name="content">What is known of them.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="NotPermittedException">Whoever acts may not change customers.</exception>
    /// <exception cref="ArgumentException">A value is wrong; the message is for people.</exception>
    /// <exception cref="ConflictException">There is a customer with this number.</exception>
    [RequiresPermission(Permissions.EditCustomers)]
    public async Task<CustomerDetails> CreateAsync(string phone, CustomerContent content, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.EditCustomers, cancellationToken);
        var digits = PhoneText.Digits(phone)
            ?? throw new ArgumentException(texts["This is no phone number with its country code, such as +961 70 123 456."]);
        content = Checked(content);
        try
        {
            return await transaction.RunAsync((db, live, _) =>
            {
                var now = time.GetUtcNow();
                var customer = new Customer { Id = Guid.CreateVersion7(now), WaId = digits, CreatedAt = now };
                Write(customer, content);
                db.Add(customer);
                Log(db, live, "customer.created", customer.Id);
                return Task.FromResult(CustomerDetails.Of(customer));
            }, cancellationToken);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ConflictException(texts["There is a customer with this number already."]);
        }
    }

    /// <returns>Null if the business has no such customer.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not change customers.</exception>
    /// <exception cref="ArgumentException">A value is wrong; the message is for people.</exception>
    [RequiresPermission(Permissions.EditCustomers)]
    public async Task<CustomerDetails?> UpdateAsync(Guid customerId, CustomerContent content, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.EditCustomers, cancellationToken);
        content = Checked(content);
        return await transaction.RunAsync(async (db, live, ct) =>
        {
            if (await db.Customers.SingleOrDefaultAsync(c => c.Id == customerId, ct) is not { } customer)
            {
                return null;
            }

            var before = customer.DisplayName;
            Write(customer, content);
            if (db.Entry(customer).State == EntityState.Unchanged)
            {
                return CustomerDetails.Of(customer);
            }

            await db.SaveChangesAsync(ct);
            if (customer.DisplayName != before
                && await db.RenameCustomerAsync(customerId, customer.DisplayName, ct) is { } conversation)
            {
                live.Conversation(conversation);
            }

            Log(db, live, "customer.changed", customerId);
            return CustomerDetails.Of(customer);
        }, cancellationToken);
    }

    /// <summary>A customer, for whoever may change them.</summary>
    /// <returns>Null if the business has no such customer.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not change customers.</exception>
    [RequiresPermission(Permissions.EditCustomers)]
    public async Task<CustomerDetails?> FindAsync(Guid customerId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.EditCustomers, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Customers.AsNoTracking().SingleOrDefaultAsync(c => c.Id == customerId, cancellationToken) is { } customer
            ? CustomerDetails.Of(customer)
            : null;
    }

    private void Log(SamiaDbContext db, LiveChanges live, string action, Guid customerId)
    {
        live.Business();
        db.Add(new ActivityLog { At = time.GetUtcNow(), Action = action, SubjectId = customerId });
    }

    private CustomerContent Checked(CustomerContent content)
    {
        var (name, email, language) = (Text(content.Name), Text(content.Email), Text(content.Language));
        return name?.Length > MaxNameLength ? throw new ArgumentException(texts["A customer's name has at most {0} characters.", MaxNameLength])
            : email is not null && (email.Length > MaxEmailLength || !MailAddress.TryCreate(email, out _)) ? throw new ArgumentException(texts["This is no e-mail address."])
            : language is not null && LanguageTag.Of(language) is null ? throw new ArgumentException(texts["Name the language by its tag, such as ar or pt-BR."])
            : content.Attributes.ToJsonString().Length > MaxAttributesLength ? throw new ArgumentException(texts["The attributes have at most {0} characters.", MaxAttributesLength])
            : content with { Name = name, Email = email, Language = language is null ? null : LanguageTag.Of(language) };
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static void Write(Customer customer, CustomerContent content)
    {
        (customer.Name, customer.Email, customer.Language) = (content.Name, content.Email, content.Language);
        // The database writes JSON in its own way: only other content is a change.
        if (!JsonNode.DeepEquals(JsonNode.Parse(customer.Attributes), content.Attributes))
        {
            customer.Attributes = content.Attributes.ToJsonString();
        }
    }
}
