using Microsoft.Extensions.Localization;

// Found wherever the application keeps its own resources.
[assembly: ResourceLocation("Resources")]
[assembly: RootNamespace("Pat.AspNetCore.UI")]
