using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources.Folder;

/// <summary>What a file said when it was read: documents, or a problem.</summary>
/// <param name="Digest">Tells whether another reading gave the same; empty for a file that could not be read.</param>
/// <param name="Documents">The documents; empty if there is a problem.</param>
/// <param name="Problem">Why the file makes no sense; null if it does.</param>
/// <param name="EndsInLine">Whether the text ends where a line ends: one that is cut off hardly ever does.</param>
internal sealed record FileContent(string Digest, ImmutableArray<ResourceNode> Documents, ResourceProblem? Problem, bool EndsInLine)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static FileContent Read(ScannedFile file, FolderOptions options)
    {
        if (file.Problem is not null)
        {
            return Failed(file.Path, file.Problem, digest: file.Problem);
        }

        try
        {
            return ReadBytes(file.Path, options.MaxFileBytes) is { } bytes
                ? Parse(file.Path, bytes, options.Limits)
                : Failed(file.Path, $"is larger than {options.MaxFileBytes / 1024} KiB; split it into several files", digest: $"size {file.Stamp.Size}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(file.Path, $"cannot be read: {error.Message}", digest: error.Message);
        }
    }

    private static byte[]? ReadBytes(string path, long most)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (stream.Length > most)
        {
            return null;
        }

        // The file may grow while it is read: the length is a guess, the bound is not.
        using var bytes = new MemoryStream((int)stream.Length);
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (bytes.Length + read > most)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static FileContent Parse(string path, byte[] bytes, DocumentLimits limits)
    {
        string digest = Convert.ToHexString(SHA256.HashData(bytes));
        bool endsInLine = bytes is [] or [.., (byte)'\n'];
        int zero = Array.IndexOf(bytes, (byte)0);
        if (zero >= 0)
        {
            return Failed(path, $"is not text: byte {zero} is zero", digest, LineOf(bytes, zero));
        }

        try
        {
            string text = Utf8.GetString(bytes).TrimStart('\uFEFF');
            return new FileContent(digest, YamlText.Read(text, path, limits), null, endsInLine);
        }
        catch (DecoderFallbackException error)
        {
            return Failed(path, $"is not text in UTF-8: byte {error.Index}", digest, LineOf(bytes, error.Index));
        }
        catch (UnreadableDocumentException error)
        {
            return new FileContent(digest, [], error.Problem, endsInLine);
        }
    }

    private static int LineOf(byte[] bytes, int index) => 1 + bytes.AsSpan(0, Math.Clamp(index, 0, bytes.Length)).Count((byte)'\n');

    private static FileContent Failed(string path, string reason, string digest, int line = 0) =>
        new(digest, [], new ResourceProblem(ProblemSeverity.Error, new SourcePosition(path, line, 0), "", reason), EndsInLine: true);
}
