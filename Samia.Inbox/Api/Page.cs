using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace Samia.Inbox.Api;

/// <summary>Part of a list.</summary>
internal sealed record Page<T>(
    IReadOnlyList<T> Items,
    [property: Description("The address of the next page; null at the end.")] string? Next);

/// <summary>Which part of a list somebody asks for.</summary>
internal sealed record PageRequest
{
    private const int Usual = 50;
    private const int Most = 100;

    [FromQuery(Name = "limit"), Range(1, Most), DefaultValue(Usual), Description("How many at most.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("Where the page before ended. It is part of that page's `next`, and means nothing by itself.")]
    public string? Cursor { get; init; }

    /// <param name="http">Whose address the next page's is made of.</param>
    /// <param name="read">Reads that many rows, from the cursor on.</param>
    /// <param name="cursorOf">Where a page that ends with this row ended.</param>
    public async Task<Page<T>> ReadAsync<T>(HttpContext http, Func<int, Task<List<T>>> read, Func<T, string> cursorOf)
    {
        var count = Limit ?? Usual;
        // One more, which says whether there is a next page.
        var rows = await read(count + 1);
        if (rows.Count <= count)
        {
            return new Page<T>(rows, null);
        }

        rows.RemoveAt(count);
        var query = new QueryBuilder(http.Request.Query.Where(q => !q.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase)))
        {
            { "cursor", cursorOf(rows[^1]) },
        };
        return new Page<T>(rows, http.Request.PathBase + http.Request.Path + query.ToQueryString());
    }
}
