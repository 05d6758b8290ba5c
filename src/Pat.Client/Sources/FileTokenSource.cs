using System.Security.Cryptography;
using System.Text;

namespace Pat.Client;

internal sealed class FileTokenSource(string path, bool allowReadableByOthers) : TokenSource
{
    /// <summary>Far more than a token, so that a file that is something else is not read whole.</summary>
    private const int MaxLength = 4 * 1024;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public override string Cure => "Write a token into it.";

    public override async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Before the file is opened, which a pipe would hold up until somebody writes to it.
            if (IsEmptyOrNoRegularFile(path))
            {
                throw new PersonalAccessTokenException(
                    PersonalAccessTokenProblem.TokenMissing, $"There is no token: {this} is empty, or is not a regular file. {Cure}");
            }

            // Whoever replaces the token is not kept from it by a request.
            using var file = File.OpenHandle(
                path, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.Asynchronous);

            // Of the open file, so that it can't be exchanged between the look and the reading.
            if (!OperatingSystem.IsWindows() && !allowReadableByOthers && (File.GetUnixFileMode(file) & Others) != 0)
            {
                throw new PersonalAccessTokenException(
                    PersonalAccessTokenProblem.SourceUnusable,
                    $"The token in {this} was not used, since others than its owner have access to the file. Run: chmod 600 '{path}'; and replace the token if others may have read it.");
            }

            var bytes = new byte[MaxLength];
            try
            {
                var length = await RandomAccess.ReadAsync(file, bytes, fileOffset: 0, cancellationToken).ConfigureAwait(false);

                // Editors and echo end a file by a line break; some editors begin it with a byte order mark.
                return Encoding.UTF8.GetString(bytes, 0, length).TrimStart('\ufeff').Trim();
            }
            finally
            {
                CryptographicOperations.ZeroMemory(bytes);
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PersonalAccessTokenException(
                PersonalAccessTokenProblem.TokenMissing, $"There is no token: {this} does not exist. Write a token into it, for its owner alone: chmod 600.", innerException: exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PersonalAccessTokenException(
                PersonalAccessTokenProblem.SourceUnusable, $"{this} can't be read. Let the user of this process own it, with chmod 600.", innerException: exception);
        }
    }

    // .NET does not tell a pipe, a device or a socket from a file; but all of them have the length 0.
    private static bool IsEmptyOrNoRegularFile(string path) =>
        (File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path)) is { Exists: true, Length: 0 };

    public override string ToString() => $"the file {path}";
}
