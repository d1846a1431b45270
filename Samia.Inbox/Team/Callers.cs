using System.Security.Claims;

namespace Samia.Inbox.Team;

/// <summary>Where a request comes from, and the circuit that it opens.</summary>
internal static class Callers
{
    private const string Claim = "samia:address";

    extension(HttpContext http)
    {
        /// <summary>As an address of IPv4 where it is one; null where there is no network between.</summary>
        public string? CallerAddress => http.Connection.RemoteIpAddress switch
        {
            { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
            var address => address?.ToString(),
        };

        /// <summary>Lets the circuit know it, to which only the user of its request is handed on. No cookie gets it.</summary>
        public void NoteCallerAddress()
        {
            if (http.CallerAddress is { } address)
            {
                http.User = new ClaimsPrincipal([.. http.User.Identities, new ClaimsIdentity([new Claim(Claim, address)])]);
            }
        }
    }

    extension(ClaimsPrincipal user)
    {
        /// <summary>Null where nobody noted it.</summary>
        public string? CallerAddress => user.FindFirst(Claim)?.Value;
    }
}
