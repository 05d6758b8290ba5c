namespace Pat.Client;

/// <summary>
/// Where an <see cref="HttpClient"/> takes its personal access token from, and where it may send it. Exactly one source is set:
/// <see cref="EnvironmentVariable"/>, <see cref="ConfigurationKey"/>, <see cref="File"/> or <see cref="Callback"/>. The source
/// is asked at each request, so that a token that was replaced counts from the next request on.
/// </summary>
public sealed class PersonalAccessTokenClientOptions
{
    /// <summary>The name of the environment variable that holds the token.</summary>
    public string? EnvironmentVariable { get; set; }

    /// <summary>
    /// The key of the token in the application's configuration, such as <c>Tasks:AccessToken</c>. Meant for user secrets and
    /// stores of secrets; a token in a file that is under version control is everybody's.
    /// </summary>
    public string? ConfigurationKey { get; set; }

    /// <summary>
    /// The full path of the file that holds the token and nothing else; white space around it is left out. Pipes and devices
    /// are refused. On Unix a file that its group or others can read, write or execute is refused (<c>chmod 600</c>; its
    /// owner, its directory and access control lists are not looked at). On Windows permissions are not looked at: keep the file in the user's profile.
    /// </summary>
    public string? File { get; set; }

    /// <summary>
    /// Gives the token, or null where there is none: for vaults. It is called at each request, concurrently too, so it keeps
    /// what is expensive itself. What it throws reaches the caller unchanged. The services are those of a scope that lives
    /// as long as the client's message handler.
    /// </summary>
    public Func<IServiceProvider, CancellationToken, ValueTask<string?>>? Callback { get; set; }

    /// <summary>
    /// Takes a <see cref="File"/> that others than its owner can read, where its mode can't be changed, as with some mounted
    /// secrets. Default: false.
    /// </summary>
    public bool AllowFileReadableByOthers { get; set; }

    /// <summary>
    /// What the server's tokens start with, such as <c>task_pat</c>: 2 to 24 characters, lower-case words of letters and
    /// digits joined by <c>_</c>. A token with another prefix is not sent. Default: null, any prefix.
    /// </summary>
    public string? TokenPrefix { get; set; }

    /// <summary>
    /// The only origin that gets the token: scheme, host and port count, the rest of the address does not. HTTPS, or HTTP to
    /// this machine (<c>localhost</c>, <c>127.0.0.1</c>, <c>[::1]</c>). Default: that of the client's
    /// <see cref="HttpClient.BaseAddress"/>, as <c>AddHttpClient</c> and <c>ConfigureHttpClient</c> set it; one that the
    /// typed client's constructor sets comes too late.
    /// </summary>
    public Uri? Origin { get; set; }

    /// <summary>
    /// The longest wait that an answer 429 or 503 may ask for by <c>Retry-After</c>. Within it the request is sent again, once,
    /// if it can be: no content, or one that can be read again (text, bytes, JSON, forms); after a 503 only if its method is
    /// idempotent (RFC 9110: not POST, not PATCH), since the first may have been carried out. Default: 30 seconds; range: 0,
    /// which never sends again, to 10 minutes. <see cref="HttpClient.Timeout"/> counts the wait.
    /// </summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether answers 401, 403, 429 and 503 and redirects to another origin become a
    /// <see cref="PersonalAccessTokenException"/>. With false they are returned as they came; what keeps a request from
    /// being sent throws all the same. Default: true.
    /// </summary>
    public bool ThrowOnRefusal { get; set; } = true;

    /// <summary>
    /// Takes a primary message handler of another kind than <see cref="SocketsHttpHandler"/> and
    /// <see cref="HttpClientHandler"/>, such as a test server's. Of those Pat can't tell whether they follow redirects, and
    /// the token with them, so setting this says that they don't. Default: false.
    /// </summary>
    public bool TrustPrimaryHandler { get; set; }
}
