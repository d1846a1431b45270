namespace Samia.Data;

/// <summary>Reads and writes the encrypted columns of a <see cref="Business"/> as plain text.</summary>
public static class BusinessSecrets
{
    private const string AccessToken = "businesses.access_token";
    private const string AppSecret = "businesses.app_secret";
    private const string VerifyToken = "businesses.verify_token";
    private const string AiKey = "businesses.ai_key";

    extension(SecretProtector protector)
    {
        public string? AccessTokenOf(Business business) => protector.Open(business, AccessToken, business.AccessToken);

        /// <summary>The access token of a business of which only the stored column is at hand.</summary>
        public string OpenAccessToken(Guid businessId, string ciphertext) =>
            protector.Unprotect(businessId, AccessToken, ciphertext);

        public string? AppSecretOf(Business business) => protector.Open(business, AppSecret, business.AppSecret);
        public string? VerifyTokenOf(Business business) => protector.Open(business, VerifyToken, business.VerifyToken);

        public string? AiKeyOf(Business business) => protector.Open(business, AiKey, business.AiKey);

        public void SetAccessToken(Business business, string secret) =>
            business.AccessToken = protector.Protect(business.Id, AccessToken, secret);

        public void SetAppSecret(Business business, string secret) =>
            business.AppSecret = protector.Protect(business.Id, AppSecret, secret);

        public void SetVerifyToken(Business business, string secret) =>
            business.VerifyToken = protector.Protect(business.Id, VerifyToken, secret);

        public void SetAiKey(Business business, string secret) =>
            business.AiKey = protector.Protect(business.Id, AiKey, secret);

        private string? Open(Business business, string column, string? ciphertext) =>
            ciphertext is null ? null : protector.Unprotect(business.Id, column, ciphertext);
    }
}
