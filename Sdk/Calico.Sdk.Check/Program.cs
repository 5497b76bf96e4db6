using Calico.Sdk.Check;

// Calico.Sdk.Check FILE: the file has the request, one NAME=VALUE a line. What is said is for the build to read.
// Exit codes: 0 passed (warnings or not), 1 errors were said, 2 it was called wrongly.
if (args is not [string file] || CheckRequest.Read(file) is not { } request)
{
    Console.Error.WriteLine("Calico.Sdk.Check: one argument is expected, the file with the request that the build of a plugin writes.");
    return 2;
}

var messages = new BuildMessages(Console.Out);
await PluginBuild.CheckAsync(request, messages);
return messages.HasErrors ? 1 : 0;
