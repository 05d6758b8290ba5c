namespace Grpc.AspNetCore.Server;

/// <summary>Stands in for what the endpoints of gRPC services are known by.</summary>
internal sealed class GrpcMethodMetadata;
