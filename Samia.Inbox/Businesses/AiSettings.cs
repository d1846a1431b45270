using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>The AI connection as a screen may show it.</summary>
/// <param name="Endpoint">The base address of an OpenAI-compatible API; empty where there is none.</param>
/// <param name="Key">The end of the stored key; null if none is stored.</param>
public sealed record AiView(string Endpoint, string Model, string? Key);

/// <summary>Shows and changes which AI the business uses. The key can be replaced and never read.</summary>
public sealed class AiSettings(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, SecretProtector secrets,
    PermissionChecker permissions, TenantContext tenant, IStringLocalizer<Texts> texts, TimeProvider time)
{
    [RequiresPermission(Permissions.ManageSettings)]
    public async Task<AiView> GetAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageSettings, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var business = await db.Businesses.AsNoTracking().SingleAsync(b => b.Id == tenant.BusinessId, cancellationToken);
        return new AiView(business.AiEndpoint ?? "", business.AiModel ?? "", SecretHint.Of(secrets.AiKeyOf(business)));
    }

    /// <param name="endpoint">HTTPS, or HTTP on this machine. Empty: no AI, and the key is forgotten.</param>
    /// <param name="model">The name that the API knows it by.</param>
    /// <param name="key">Null or empty to keep the stored one.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="RegistrationException">A value is missing or wrong; the message is for people.</exception>
    [RequiresPermission(Permissions.ManageSettings)]
    public async Task SaveAsync(string endpoint, string model, string? key, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageSettings, cancellationToken);
        (endpoint, model) = (endpoint.Trim(), model.Trim());
        if (endpoint.Length > 0 && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))))
        {
            throw new RegistrationException(texts["The address must begin with https://"]);
        }

        if (endpoint.Length > 0 && model.Length is 0 or > 100)
        {
            throw new RegistrationException(texts["Enter the model's name, of at most 100 characters."]);
        }

        await transaction.RunAsync(async (db, live, ct) =>
        {
            var business = await db.Businesses.SingleAsync(b => b.Id == tenant.BusinessId, ct);
            var before = new { business.AiEndpoint, business.AiModel };
            (business.AiEndpoint, business.AiModel) = endpoint.Length > 0 ? (endpoint, model) : (null, null);
            if (endpoint.Length == 0)
            {
                business.AiKey = null;
            }
            else if (!string.IsNullOrWhiteSpace(key))
            {
                secrets.SetAiKey(business, key.Trim());
            }

            db.Add(new ActivityLog
            {
                At = time.GetUtcNow(), Action = "ai.changed", SubjectId = business.Id, Before = JsonSerializer.Serialize(before),
                After = JsonSerializer.Serialize(new { business.AiEndpoint, business.AiModel }),
                Details = JsonSerializer.Serialize(new { key_replaced = !string.IsNullOrWhiteSpace(key) }),
            });
            live.Business();
        }, cancellationToken);
    }
}
