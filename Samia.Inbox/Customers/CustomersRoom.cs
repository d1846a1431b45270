namespace Samia.Inbox.Customers;

internal static class CustomersRoom
{
    public static void AddCustomers(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<CustomerDirectory>();
        builder.Services.AddScoped<CustomerSearch>();
        builder.Services.AddScoped<CustomerEditor>();
    }
}
