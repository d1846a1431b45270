using System.Security.Claims;
using Samia.Inbox.Platform;

namespace Samia.Inbox.Team;

/// <summary>A person's place among those who run Samia itself.</summary>
public sealed record PlatformPlace(Guid Id, string Name);

/// <summary>A person and their sign-in, before it is said for which business they act.</summary>
/// <param name="SecurityStamp">Changes with the password and the second factor.</param>
public sealed record ProvenPerson(Guid UserId, string SecurityStamp, SignInProof Proof)
{
    public bool HasSecondFactor => Proof != SignInProof.Password;
}

/// <summary>What the sign-in cookie says: who somebody is, for which business they act, and whether they run the platform.</summary>
/// <param name="Person">Who it is.</param>
/// <param name="Employment">Null for somebody who only runs the platform.</param>
/// <param name="Platform">Null for everybody who does not, and before a second factor.</param>
/// <param name="Visit">The business that somebody of the platform visits for support; null for everybody else.</param>
public sealed record SignedInPerson(
    ProvenPerson Person, Employment? Employment, PlatformPlace? Platform, SupportStay? Visit = null)
{
    private string? BusinessName => Employment?.BusinessName ?? Visit?.BusinessName;

    public string Name => Employment?.Name ?? Platform!.Name;

    /// <param name="sessionId">One of <see cref="OpenSessions"/>.</param>
    public ClaimsPrincipal ToPrincipal(Guid sessionId)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, Person.UserId.ToString()),
            new(ClaimTypes.Name, Name),
            new(SignedInEmployee.StampClaim, Person.SecurityStamp),
            new(SignedInEmployee.ProofClaim, Person.Proof.ToString()),
            new(SignedInEmployee.SessionClaim, sessionId.ToString()),
        ];
        if (Employment is { } place)
        {
            claims.Add(new(SignedInEmployee.BusinessClaim, place.BusinessId.ToString()));
            claims.Add(new(SignedInEmployee.EmployeeClaim, place.EmployeeId.ToString()));
            claims.Add(new(SignedInEmployee.BusinessNameClaim, place.BusinessName));
            claims.Add(new(SignedInEmployee.RoleClaim, place.Role));
        }

        if (Visit is { } visit)
        {
            claims.Add(new(SignedInEmployee.BusinessClaim, visit.BusinessId.ToString()));
            claims.Add(new(SignedInEmployee.BusinessNameClaim, visit.BusinessName));
            claims.Add(new(SignedInEmployee.VisitClaim, visit.VisitId.ToString()));
        }

        if (Platform is { } platform)
        {
            claims.Add(new(PlatformAccess.Claim, platform.Id.ToString()));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, SignInCookie.Scheme));
    }

    /// <summary>Whether they are still who the cookie says. What their role allows is asked each time anyway.</summary>
    public bool MayBe(ClaimsPrincipal cookie) => Platform?.Id == cookie.PlatformEmployeeId && Visit?.VisitId == cookie.VisitId;

    /// <summary>Whether the cookie says all of it in today's words.</summary>
    public bool IsWordedAs(ClaimsPrincipal cookie) =>
        MayBe(cookie) && Employment?.Role == cookie.RoleName && Name == cookie.Identity!.Name && BusinessName == cookie.BusinessName;

    /// <summary>Where they arrive.</summary>
    /// <param name="returnUrl">Where they wanted to go.</param>
    public string AddressFor(string? returnUrl) => LocalUrl.Of(returnUrl, Employment is not null || Visit is not null);
}
