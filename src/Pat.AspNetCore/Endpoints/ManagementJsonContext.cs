using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>How the management API writes JSON, whatever the application's own settings are.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ManagedToken))]
[JsonSerializable(typeof(IssuedToken))]
[JsonSerializable(typeof(ManagedTokenPage))]
[JsonSerializable(typeof(RevokedTokens))]
internal sealed partial class ManagementJsonContext : JsonSerializerContext;
