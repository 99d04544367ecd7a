"""The composition root: the only place that picks concrete classes, and the bodies of Tirai's processes.

Nothing heavy is imported before the process that needs it runs: the guardian stays small, the first window waits for
Qt alone, the office and the keyring come with whoever asks first. So nothing is imported here either: whoever needs a
part names its module.

    program         one home, as every process is told of it
    managed         what the administrator has settled, asked at each door; with whose office a home works
    own_things      a process's log, keyring, and the check of its own files
    offices         bodies of offices, imports, actions
    way_to_office   what must be there, who starts it, what speaks to it
    making          an office made in a window
    terminal        sign-in and enrolment of commands; a workstation that becomes known
    screens         what windows wear, speak and remember
    wiping          what guardian and console wipe with
    doors           sign-in, resume and enrolment of a console
    console         bodies of guardian and console
    approval        body of the desk approval
"""
