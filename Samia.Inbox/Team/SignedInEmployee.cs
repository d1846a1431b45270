using System.Security.Claims;

namespace Samia.Inbox.Team;

/// <summary>The claims of the sign-in cookie that say who somebody is, for which business and as which employee they act.</summary>
public static class SignedInEmployee
{
    public const string BusinessClaim = "samia:business";
    public const string EmployeeClaim = "samia:employee";

    /// <summary>For people to read. What the role allows is <see cref="PermissionChecker"/>'s to say.</summary>
    public const string RoleClaim = "samia:role";
    public const string BusinessNameClaim = "samia:business-name";
    public const string StampClaim = "samia:stamp";
    public const string ProofClaim = "samia:proof";
    public const string SessionClaim = "samia:session";

    /// <summary>In place of the employee's: a program acts, by an API token.</summary>
    public const string ApiTokenClaim = "samia:api-token";

    /// <summary>In place of the employee's: somebody of the platform visits the business for support.</summary>
    public const string VisitClaim = "samia:visit";

    extension(ClaimsPrincipal user)
    {
        /// <exception cref="InvalidOperationException">The person has not signed in to a business.</exception>
        public Guid BusinessId => user.Id(BusinessClaim);

        /// <exception cref="InvalidOperationException">The person has not signed in to a business.</exception>
        public Guid EmployeeId => user.Id(EmployeeClaim);

        /// <summary>The token by which a program acts; null if a person does.</summary>
        public Guid? ApiTokenId => user.FindFirst(ApiTokenClaim) is { } token ? Guid.Parse(token.Value) : null;

        /// <summary>The support visit by which somebody of the platform acts; null for everybody else.</summary>
        public Guid? VisitId => user.FindFirst(VisitClaim) is { } visit ? Guid.Parse(visit.Value) : null;

        public bool IsEmployee => user.HasClaim(c => c.Type == EmployeeClaim);

        public bool HasBusiness => user.HasClaim(c => c.Type == BusinessClaim);

        /// <summary>Whether the person has signed in, to a business or to run the platform.</summary>
        public bool HasSession => user.HasClaim(c => c.Type == SessionClaim);

        /// <exception cref="InvalidOperationException">The person has not signed in.</exception>
        public Guid UserId => user.Id(ClaimTypes.NameIdentifier);

        /// <exception cref="InvalidOperationException">The person has not signed in.</exception>
        public Guid SessionId => user.Id(SessionClaim);

        /// <exception cref="InvalidOperationException">The person has not signed in.</exception>
        public ProvenPerson Proven => new(user.UserId, user.SecurityStamp ?? "",
            Enum.TryParse<SignInProof>(user.FindFirst(ProofClaim)?.Value, out var proof) ? proof : SignInProof.Password);

        public string? SecurityStamp => user.FindFirst(StampClaim)?.Value;
        public string? BusinessName => user.FindFirst(BusinessNameClaim)?.Value;
        public string? RoleName => user.FindFirst(RoleClaim)?.Value;

        /// <summary>The same person under another role's name.</summary>
        public ClaimsPrincipal InRole(string? role) => new(new ClaimsIdentity(
            user.Claims.Where(c => c.Type != RoleClaim).Concat(role is null ? [] : [new Claim(RoleClaim, role)]),
            user.Identity?.AuthenticationType));

        private Guid Id(string claim) => Guid.Parse(user.FindFirst(claim)?.Value
            ?? throw new InvalidOperationException("Nobody is signed in to a business."));
    }
}
