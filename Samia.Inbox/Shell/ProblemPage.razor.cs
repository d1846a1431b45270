using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>What a person sees in place of a page that was refused.</summary>
public sealed partial class ProblemPage
{
    private (string Heading, string WhatToDo) _words;

    /// <summary>The HTTP status.</summary>
    [Parameter]
    public int Code { get; set; }

    protected override void OnParametersSet() => _words = Code switch
    {
        StatusCodes.Status400BadRequest => (L["This page is out of date"],
            L["You may have signed in or out in another tab since it was opened. Nothing was changed. Open it again and repeat what you did."]),
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => (L["This is not open to you"],
            L["Your role does not allow it. Ask an admin of your business."]),
        StatusCodes.Status404NotFound => (L["There is nothing here"],
            L["The address may be mistyped, or the page may belong to another business."]),
        StatusCodes.Status429TooManyRequests => (L["Too many tries"],
            L["There were too many tries to sign in from your network. Wait a minute, then go back and try again."]),
        _ => (L["This did not work"],
            L["Nothing that was sent is lost. Try again; if it happens once more, tell your admin."]),
    };
}
