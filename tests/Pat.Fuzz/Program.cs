using System.Globalization;
using Pat.Fuzz;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

return await InstrumentedContext.RunAsync(args, Console.Out);
