using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Samia.Inbox.Team;

/// <summary>Why Identity refuses a password or an e-mail, in the person's language.</summary>
internal sealed class SignInErrors(IStringLocalizer<Texts> texts) : IdentityErrorDescriber
{
    public override IdentityError PasswordTooShort(int length) =>
        Said(base.PasswordTooShort(length), texts["Take a password of at least {0} characters.", length]);

    public override IdentityError PasswordRequiresDigit() =>
        Said(base.PasswordRequiresDigit(), texts["The password needs a digit."]);

    public override IdentityError PasswordRequiresLower() =>
        Said(base.PasswordRequiresLower(), texts["The password needs a small letter (a–z)."]);

    public override IdentityError PasswordRequiresUpper() =>
        Said(base.PasswordRequiresUpper(), texts["The password needs a capital letter (A–Z)."]);

    public override IdentityError PasswordRequiresNonAlphanumeric() =>
        Said(base.PasswordRequiresNonAlphanumeric(), texts["The password needs a sign that is neither a letter nor a digit."]);

    public override IdentityError DuplicateUserName(string userName) => Known(base.DuplicateUserName(userName));

    public override IdentityError DuplicateEmail(string email) => Known(base.DuplicateEmail(email));

    public override IdentityError InvalidEmail(string? email) =>
        Said(base.InvalidEmail(email), texts["This is not an e-mail address."]);

    public override IdentityError InvalidToken() =>
        Said(base.InvalidToken(), texts["This link was used already or is too old. Ask for another one."]);

    public override IdentityError ConcurrencyFailure() =>
        Said(base.ConcurrencyFailure(), texts["Something else was changed at the same moment. Try again."]);

    private IdentityError Known(IdentityError error) => Said(error, texts["There is a sign-in with this e-mail already."]);

    private static IdentityError Said(IdentityError error, string sentence) => new() { Code = error.Code, Description = sentence };
}
