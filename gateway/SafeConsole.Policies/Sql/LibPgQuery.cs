using System.Runtime.InteropServices;

namespace SafeConsole.Policies.Sql;

/// <summary>
/// The calls of libpg_query that are used, loaded by name at first use. The structures are those of pg_query.h 15-4.0.
/// The library keeps its state per thread, so it may be called from any number of them.
/// </summary>
internal sealed unsafe class LibPgQuery
{
    private static readonly string[] Candidates = ["libpg_query.so", "libpg_query.so.1504.0"];
    private static readonly Lazy<LibPgQuery> Loaded = new(Load);

    private readonly delegate* unmanaged[Cdecl]<byte*, NativeResult> parse;
    private readonly delegate* unmanaged[Cdecl]<NativeResult, void> free;
    private readonly delegate* unmanaged[Cdecl]<byte*, NativeScan> scan;
    private readonly delegate* unmanaged[Cdecl]<NativeScan, void> freeScan;

    private LibPgQuery(nint library)
    {
        parse = (delegate* unmanaged[Cdecl]<byte*, NativeResult>)NativeLibrary.GetExport(library, "pg_query_parse");
        free = (delegate* unmanaged[Cdecl]<NativeResult, void>)NativeLibrary.GetExport(library, "pg_query_free_parse_result");
        scan = (delegate* unmanaged[Cdecl]<byte*, NativeScan>)NativeLibrary.GetExport(library, "pg_query_scan");
        freeScan = (delegate* unmanaged[Cdecl]<NativeScan, void>)NativeLibrary.GetExport(library, "pg_query_free_scan_result");
    }

    /// <summary>The loaded library. Throws <see cref="ParserMissingException"/> where it is not installed.</summary>
    public static LibPgQuery Instance => Loaded.Value;

    /// <summary>
    /// Parses UTF-8 text that ends in a zero byte. The tree is copied unless it is longer than <paramref name="maximumTree"/> bytes.
    /// Needs up to 130 bytes of stack for each level of nesting, and a level costs as little as two bytes of text.
    /// </summary>
    public NativeParse Parse(ReadOnlySpan<byte> zeroTerminated, int maximumTree)
    {
        NativeResult result;
        fixed (byte* text = zeroTerminated)
        {
            result = parse(text);
        }

        try
        {
            if (result.Error is not null)
            {
                string message = Marshal.PtrToStringUTF8((nint)result.Error->Message) ?? "syntax error";
                return new NativeParse(null, message, result.Error->CursorPosition);
            }

            ReadOnlySpan<byte> tree = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(result.Tree);
            return new NativeParse(tree.Length > maximumTree ? null : tree.ToArray(), null, 0);
        }
        finally
        {
            free(result);
        }
    }

    /// <summary>Splits UTF-8 text that ends in a zero byte into tokens: a ScanResult of pg_query.proto; null for text that the server's lexer refuses.</summary>
    public byte[]? Scan(ReadOnlySpan<byte> zeroTerminated)
    {
        NativeScan result;
        fixed (byte* text = zeroTerminated)
        {
            result = scan(text);
        }

        try
        {
            return result.Error is null ? new ReadOnlySpan<byte>(result.Tokens, checked((int)result.Length)).ToArray() : null;
        }
        finally
        {
            freeScan(result);
        }
    }

    private static LibPgQuery Load()
    {
        foreach (string name in Candidates)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return new LibPgQuery(library);
            }
        }

        throw new ParserMissingException($"PostgreSQL's parser is not installed: none of {string.Join(", ", Candidates)} could be loaded. On Debian: apt-get install libpg-query-dev.");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct NativeResult
    {
        public byte* Tree;
        public byte* StandardError;
        public NativeError* Error;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct NativeScan
    {
        public nuint Length;
        public byte* Tokens;
        public byte* StandardError;
        public NativeError* Error;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct NativeError
    {
        public byte* Message;
        public byte* Function;
        public byte* File;
        public int Line;
        public int CursorPosition;
        public byte* Context;
    }
}
