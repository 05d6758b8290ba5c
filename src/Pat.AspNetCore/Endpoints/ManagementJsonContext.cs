using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pat.AspNetCore;

/// <summary>How the management API writes JSON, whatever the application's own settings are.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ManagedToken))]
[JsonSerializable(typeof(IssuedToken))]
[JsonSerializable(typeof(ManagedTokenPage))]
[JsonSerializable(typeof(RevokedTokens))]
[JsonSerializable(typeof(IReadOnlyList<OpenEndpoint>))]
internal sealed partial class ManagementJsonContext : JsonSerializerContext;
