using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Platform;

internal static class KeyRing
{
    /// <summary>
    /// Keeps the Data Protection key ring in Postgres, where every node finds it, each key wrapped by the master key
    /// (<c>Samia:MasterKey</c>, 32 bytes in base64), which is not in Postgres.
    /// </summary>
    public static void AddKeyRing(this WebApplicationBuilder builder)
    {
        var masterKey = MasterKey.Parse(builder.Configuration.Require("Samia:MasterKey"));
        builder.Services.AddSingleton(masterKey);
        builder.Services.AddDataProtection().SetApplicationName("Samia").PersistKeysToDbContext<PlatformDbContext>();
        builder.Services.AddSingleton(services => new RefreshableKeyManager(ActivatorUtilities.CreateInstance<XmlKeyManager>(services)));
        builder.Services.AddSingleton<IKeyManager>(services => services.GetRequiredService<RefreshableKeyManager>());
        builder.Services.AddHostedService<KeyRingWatch>();
        builder.Services.AddSingleton<KeyRotation>();
        builder.Services.Configure<KeyManagementOptions>(o => o.XmlEncryptor = new MasterKeyXmlEncryptor(masterKey));
    }
}
