using SafeConsole.Clients.DotNet;

await (args is ["npgsql"] ? NpgsqlReads.RunAsync() : EntityFrameworkReads.RunAsync());
Console.WriteLine("finished");
