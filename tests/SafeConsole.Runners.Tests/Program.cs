using SafeConsole.Runners.Tests.Hosting;

return await DoomedGateway.RunAsync(args);
