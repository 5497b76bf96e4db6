namespace Calico.Sdk;

/// <summary>What a command's option takes.</summary>
public enum CommandParameterType
{
    /// <summary>Nothing: present or absent.</summary>
    Flag = 0,

    /// <summary>Any text.</summary>
    Text = 1,

    /// <summary>A whole number.</summary>
    Number = 2,
}
