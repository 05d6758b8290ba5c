using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskCli.Tasks;

/// <summary>How all of it is written, to the server and for scripts.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TaskPage))]
[JsonSerializable(typeof(TaskChange))]
[JsonSerializable(typeof(RemovedTask))]
[JsonSerializable(typeof(AccessToken))]
[JsonSerializable(typeof(ValidationProblem))]
internal sealed partial class TasksJson : JsonSerializerContext;
