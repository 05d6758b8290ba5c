using System.Globalization;
using Pat.Secrets.Scan;

if (args is not [var directory])
{
    Console.Error.WriteLine("Say which directory holds the captured run: tests/secrets.sh makes one.");
    return 2;
}

var run = new CapturedRun(directory);
var found = run.Scan();
foreach (var line in found)
{
    Console.WriteLine(line);
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{found.Count} secrets found in {run.Bytes / 1_000_000} MB, of {run.Secrets} that were made."));
return found.Count == 0 && run is { Secrets: > 0, Bytes: > 0 } ? 0 : 1;
