using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Http.Features;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary><c>GET /settings/activity.csv</c>: the activity log as a file, with the filters of the page.</summary>
internal static class ActivityExport
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        // A spreadsheet takes a cell that begins with = for a formula, and names are what people choose.
        InjectionOptions = InjectionOptions.Escape,
    };

    public static void MapActivityExport(this WebApplication app) =>
        app.MapGet("/settings/activity.csv", ExportAsync).RequireAuthorization(Permissions.ViewAudit);

    private static async Task ExportAsync(
        HttpContext http, ActivityTrail trail, string? search, Guid? employee, string? area, DateOnly? from, DateOnly? to,
        CancellationToken cancellationToken)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"activity.csv\"";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await using var text = new StreamWriter(http.Response.Body);
        await using var csv = new CsvWriter(text, Format, leaveOpen: true);
        foreach (var heading in (string[])["number", "at_utc", "actor_kind", "actor", "action", "subject", "before", "after", "details", "address"])
        {
            csv.WriteField(heading);
        }

        await csv.NextRecordAsync();
        await trail.ExportAsync(new ActivityQuery(search, employee, area, from, to), row => WriteAsync(csv, row), cancellationToken);
    }

    private static Task WriteAsync(CsvWriter csv, ActivityRow row)
    {
        csv.WriteField(row.Sequence);
        csv.WriteField(row.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        csv.WriteField(Samia.Data.StoredEnum.NameOf(row.ActorKind));
        foreach (var field in (string?[])[row.Who, row.Action, row.SubjectName, row.Before, row.After, row.Details, row.IpAddress])
        {
            csv.WriteField(field);
        }

        return csv.NextRecordAsync();
    }
}
