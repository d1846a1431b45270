using System.Security.Claims;

namespace Samia.Inbox.Team;

/// <summary>The claims of the sign-in cookie that say for which business and as which employee somebody acts.</summary>
public static class SignedInEmployee
{
    public const string BusinessClaim = "samia:business";
    public const string EmployeeClaim = "samia:employee";

    extension(ClaimsPrincipal user)
    {
        /// <exception cref="InvalidOperationException">The person has not signed in to a business.</exception>
        public Guid BusinessId => user.Id(BusinessClaim);

        /// <exception cref="InvalidOperationException">The person has not signed in to a business.</exception>
        public Guid EmployeeId => user.Id(EmployeeClaim);

        public bool HasBusiness => user.HasClaim(c => c.Type == BusinessClaim);

        private Guid Id(string claim) => Guid.Parse(user.FindFirst(claim)?.Value
            ?? throw new InvalidOperationException("Nobody is signed in to a business."));
    }
}
